"""Write the cells of a comparison, and say in words and numbers how its texts differ.

Words of a source that stand here are quotations of the editors: they have the class `quoted-source` and no span, and
whatever else stands inside has the class `apparatus` (docs/contract.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from .edition import Block, Cell, Comparison, Row, Seed, Text, Variant
from .model import Difference
from .render import foreign_runs, language_of
from .weave import escape, weave

KINDS: Final = {
    "witnesses": "Two copies of one text",
    "translation": "An original and its translation",
    "quotation": "One saying or event in several texts",
}

HOW: Final = {
    "leaves-out": ("leaves out", "−", True),
    "adds": ("adds", "+", True),
    "renames": ("renames", "≈", True),
    "changes": ("changes", "≠", True),
    "only-first": ("alone has", "−", False),
    "only-second": ("alone has", "+", True),
    "other": ("has", "≠", False),
}
"""What a difference is: a word, a shape, and whether the word is said of the second text. The last three are of witnesses."""


def how(difference: Difference | Variant) -> str:
    """Return a key of HOW."""
    if isinstance(difference, Difference):
        return difference.how
    first, second = difference.words
    return "other" if first and second else "only-first" if first else "only-second"


def names(comparison: Comparison, languages: Mapping[str, str], outlets: Mapping[str, str]) -> list[str]:
    """Return what to call each text: by its language if that tells the texts apart, else by its outlet, else by its short title."""
    choices = (
        [f"the {languages[text.file.language]}" for text in comparison.texts],
        [outlets[text.file.outlet] for text in comparison.texts],
        [f"“{text.file.short}”" for text in comparison.texts],
    )
    return next((found for found in choices if len(set(found)) == len(found)), choices[-1])


def counts(comparison: Comparison) -> list[tuple[str, int]]:
    """Return (key of HOW, how many) for each kind of difference that there is."""
    found = Counter(how(difference) for row in comparison.rows for _, difference in row.differences)
    return [(key, found[key]) for key in HOW if found[key]]


def size(comparison: Comparison) -> str:
    """Return in a few words how much there is to see."""
    if comparison.file.kind == "quotation":
        return _counted(len(comparison.rows), "point")
    return _counted(sum(count for _, count in counts(comparison)), "difference")


def in_numbers(comparison: Comparison, called: list[str]) -> str:
    """Return a few sentences on how the texts differ."""
    rows = comparison.rows
    if comparison.file.kind == "quotation":
        silent = [sum(not row.cells[column].stretches for row in rows) for column in range(len(called))]
        parts = [f"{name} says nothing of {count}" for name, count in zip(called, silent, strict=True) if count]
        return f"{_counted(len(rows), 'point')}, {len(called)} texts. {_sentence('; '.join(parts) if parts else 'Each text speaks of all of them')}"
    if comparison.file.kind == "translation":
        uneven = sum(bool(row.differences) for row in rows)
        parts = [f"{HOW[key][0]} something {_times(count)}" for key, count in counts(comparison)]
        said = f" {_sentence(f'{called[1]} {_listed(parts)}')}" if parts else ""
        return f"{_counted(len(rows), 'row')}, {_counted(sum(n for _, n in counts(comparison)), 'difference')} in {uneven} of them.{said}"
    lengths = [f"{name} has {text.length:,} words" for name, text in zip(called, comparison.texts, strict=True)]
    signs = ", ".join(f"{one} → {other} {_times(count)}" for one, other, count in comparison.shapes)
    shapes = sum(count for *_, count in comparison.shapes)
    return " ".join(
        [
            _sentence(_listed(lengths)),
            f"Their words differ in {_counted(sum(count for _, count in counts(comparison)), 'place')}.",
            f"In {_counted(shapes, 'place')} only the shape of a sign differs" + (f" ({signs})." if signs else "."),
            f"Where only the white space differs, {_counted(comparison.spacings, 'place')}, nothing is marked.",
        ]
    )


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def address(text: Text, block: Block | None = None) -> str:
    """Return where a text, or a block of it, stands, as seen from a comparison."""
    return f"../texts/{text.seed}/{text.id}.html" + (f"#{block.id}" if block else "")


def anchors(comparison: Comparison) -> dict[tuple[int, int], str]:
    """Return (number of a difference, column) -> the id of its words there; the first column that has some has the plain id."""
    found: dict[tuple[int, int], str] = {}
    for row in comparison.rows:
        ids = {number: difference.id for number, difference in row.differences}
        for column, cell in enumerate(row.cells):
            for number in dict.fromkeys(mark.difference for mark in cell.marks if mark.difference):
                taken = any(key[0] == number for key in found)
                found[number, column] = f"{ids[number]}_{column + 1}" if taken else ids[number]
    return found


def blocks(seed: Seed, row: Row, column: int, ids: Mapping[tuple[int, int], str]) -> Markup:
    """Return the words of a cell as HTML: each block with its number, which leads to it in its text."""
    differences = dict(row.differences)
    cell = row.cells[column]
    return Markup("\n").join(
        _block(seed, cell, stretch, {n: (d, ids.get((n, column), "")) for n, d in differences.items()}) for stretch in cell.stretches
    )


def _block(seed: Seed, cell: Cell, stretch: tuple[Block, int, int], differences: Mapping[int, tuple[Difference | Variant, str]]) -> Markup:
    """Return the words of one block; `differences` are those of the row, each with the id of its words in this cell."""
    block, start, end = stretch
    words = seed.words[start:end]
    language, direction = language_of(words, cell.text.file.language)
    spans, tags = list[tuple[int, int]](), list[tuple[str, str, str]]()
    for mark in cell.marks:
        if not (mark.start < end and mark.end > start):
            continue
        spans.append((max(mark.start, start) - start, min(mark.end, end) - start))
        if mark.difference is None:
            tags.append(('<span class="differs shape">', '<span class="differs shape">', ""))
            continue
        difference, id_ = differences[mark.difference]
        kind = f'class="differs {how(difference)}"'
        first = f'<span id="{id_}" {kind}>' if mark.start >= start else f"<span {kind}>"
        tags.append((first, f"<span {kind}>", _marker(mark.difference, difference) if mark.end <= end else ""))
    for first_, last, own, way in foreign_runs(words, direction):
        spans.append((first_, last))
        tag = f'<span class="foreign" lang="{own}" dir="{way}">'
        tags.append((tag, tag, ""))
    inline = weave(
        words,
        spans,
        words=lambda piece, _: escape(piece, False),
        opened=lambda i, first: tags[i][0 if first else 1],
        closed=lambda i, last: "</span>" + (tags[i][2] if last else ""),
    )
    label = escape(f"Paragraph {block.number} of {cell.text.file.short}", False).replace('"', "&#34;")
    number = f'<a class="cell-number" href="{address(cell.text, block)}" aria-label="{label}">{block.number}</a>'
    return Markup(f'{number}<p class="quoted-source {block.kind}" lang="{language}" dir="{direction}">{inline}</p>')


def _marker(number: int, difference: Difference | Variant) -> str:
    word, sign, _ = HOW[how(difference)]
    return (
        f'<sup class="apparatus mark" lang="en" dir="ltr"><a href="#note_{difference.id}" '
        f'aria-label="Difference {number}: {word}">{number}<span aria-hidden="true" class="sign">{sign}</span></a></sup>'
    )
