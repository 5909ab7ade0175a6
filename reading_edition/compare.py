"""Bind comparisons to the words that they compare: rows get their blocks, quotes are found, witnesses are collated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .anchor import Folded
from .annotate import TextAnchor
from .collate import Change, Collation, collate
from .edition import Block, Cell, Comparison, Mark, Registers, Row, Seed, Text, Variant
from .gather import Gathering, names
from .load import Loaded, Stamps, stamps
from .model import ComparedRow, ComparisonFile, Difference, Selector
from .problems import Place, Problem, did_you_mean
from .seeds import Line, SplitText

FOLDER = "editorial/comparisons"

Reading = tuple[Stamps, Loaded[ComparisonFile] | None, Gathering]
"""What came of reading one file, and the stamps that it had."""

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

_COLUMNS = {"witnesses": (2, 2), "translation": (2, 2), "quotation": (2, 4)}
"""Kind of comparison -> the fewest and the most texts that it can have."""


def read_comparisons(root: Path, known: dict[str, Reading]) -> Iterator[tuple[str, Loaded[ComparisonFile] | None, Gathering]]:
    """Yield the id of each comparison, its file and what was wrong with it; `known` keeps them until they change."""
    for name in names(root, FOLDER, ".yml"):
        now = stamps(root / FOLDER / name)
        if name not in known or known[name][0] != now:
            state = Gathering(root)
            known[name] = now, state.load(ComparisonFile, f"{FOLDER}/{name}"), state
        yield name.removesuffix(".yml"), *known[name][1:]


@dataclass(slots=True)
class Comparing:
    """The texts of an edition, in which the quotes of comparisons are looked for. What is wrong is added to `problems`."""

    seeds: Mapping[str, tuple[Seed, Folded]]
    registers: Registers
    problems: list[Problem]

    def comparison(self, name: str, loaded: Loaded[ComparisonFile]) -> Comparison:
        """Return a comparison with its words; without rows if its texts cannot be told."""
        file, before = loaded.value, len(self.problems)
        if name == "index":
            self.problems.append(Problem(Place(loaded.file), "id-reserved", '"index" is the address of the list of comparisons; rename the file'))
        if not _ID.fullmatch(name):
            message = "the name of the file is an id: lower-case letters and digits, with single hyphens between them; rename it"
            self.problems.append(Problem(Place(loaded.file), "value-invalid", message))
        texts = self._texts(loaded)
        fewest, most = _COLUMNS[file.kind]
        if not fewest <= len(file.texts) <= most:
            wanted = str(most) if fewest == most else f"{fewest} to {most}"
            self._incomplete(loaded.place("texts"), f"{len(file.texts)} texts, {wanted} are wanted for `{file.kind}`; add or delete some")
        if len(self.problems) > before:
            return Comparison(name, file, texts, ())
        if file.kind == "witnesses":
            if file.rows:
                self._incomplete(loaded.place("rows"), "witnesses are compared by the engine; delete the rows")
            return self._collated(name, file, texts)
        if not file.rows:
            self._incomplete(loaded.place("rows"), f"a comparison of the kind `{file.kind}` has rows; add them")
        rows = self._parallel(loaded, texts) if file.kind == "translation" else self._quoted(loaded, texts)
        return Comparison(name, file, texts, tuple(rows))

    def _texts(self, loaded: Loaded[ComparisonFile]) -> tuple[Text, ...]:
        by_name = {f"{seed.key}/{text.id}": text for seed, _ in self.seeds.values() for text in seed.texts}
        found = []
        for index, name in enumerate(loaded.value.texts):
            if name in by_name:
                found.append(by_name[name])
            else:
                message = f'there is no text "{name}".{did_you_mean(name, by_name)}'
                self.problems.append(Problem(loaded.place("texts", index), "reference-unknown", message))
        return tuple(found)

    def _parallel(self, loaded: Loaded[ComparisonFile], texts: tuple[Text, ...]) -> Iterator[Row]:
        """Yield the rows of a text and its translation."""
        rows = loaded.value.rows
        for index, row in enumerate(rows):
            if row.blocks is None or len(row.blocks) != len(texts) or not any(row.blocks):
                at = loaded.place("rows", index, "blocks")
                self._incomplete(at, f"`blocks` needs {len(texts)} lists of numbers, one for each text, and not all of them empty")
            for name in ("label", "quotes", "note"):
                if getattr(row, name) is not None:
                    self._incomplete(loaded.place("rows", index, name), f"a row of a translation has no {name}; write it as a difference")
        for column, text in enumerate(texts):
            self._complete(loaded, text, [row.blocks[column] if row.blocks and column < len(row.blocks) else () for row in rows], column)
        number, seen = 0, set[str]()
        for index, row in enumerate(rows):
            blocks = [_of(text, numbers) for text, numbers in zip(texts, row.blocks or (), strict=False)]
            marks: list[list[Mark]] = [[] for _ in texts]
            differences = []
            for place, difference in enumerate(row.differences):
                number += 1
                differences.append((number, difference))
                path = ("rows", index, "differences", place)
                if difference.id in seen:
                    message = f'there is a difference "{difference.id}" in this comparison already; choose another id'
                    self.problems.append(Problem(loaded.place(*path, "id"), "id-duplicate", message))
                seen.add(difference.id)
                if self._aligned(loaded, path, difference, texts):
                    for column, quote in enumerate(difference.quotes):
                        found = self._find(texts[column], blocks[column], quote, loaded.place(*path, "quotes", column)) if quote and blocks else None
                        if found:
                            marks[column].append(Mark(*found[1:], number))
            cells = [Cell(text, tuple((b, b.start, b.end) for b in own), tuple(mark)) for text, own, mark in zip(texts, blocks, marks, strict=False)]
            yield Row(tuple(cells), tuple(differences))

    def _complete(self, loaded: Loaded[ComparisonFile], text: Text, rows: list[tuple[int, ...]], column: int) -> None:
        """Report every block of a text that stands in no row, in two rows, or out of order."""
        wanted, last, name = 1, len(text.blocks), f"{text.seed}/{text.id}"
        for index, numbers in enumerate(rows):
            at = loaded.place("rows", index, "blocks", column)
            for number in numbers:
                if number > last or number < 1:
                    message = f"{name} has no block {number}, its last is {last}; delete it"
                elif number < wanted:
                    message = f"block {number} of {name} stands in a row before this one, or out of order; give each block once, in order"
                elif number > wanted:
                    message = f"{_some(wanted, number - 1)} of {name} should stand before block {number}; add what is missing, in order"
                else:
                    message = ""
                if message:
                    self.problems.append(Problem(at, "rows-incomplete", message))
                wanted = max(wanted, number + 1) if number <= last else wanted
        if rows and wanted <= last:
            at = loaded.place("rows", len(rows) - 1, "blocks", column)
            self.problems.append(Problem(at, "rows-incomplete", f"{_some(wanted, last)} of {name} should stand after this; add what is missing"))

    def _quoted(self, loaded: Loaded[ComparisonFile], texts: tuple[Text, ...]) -> Iterator[Row]:
        """Yield the rows of one saying or event in several texts."""
        for index, row in enumerate(loaded.value.rows):
            path = ("rows", index)
            for name in ("label", "note"):
                if getattr(row, name) is None:
                    self._incomplete(loaded.place(*path), f"a row of a quotation says what it is about and what differs; add the field `{name}`")
            for name in ("blocks", "differences"):
                if getattr(row, name):
                    self._incomplete(loaded.place(*path, name), f"a row of a quotation has no {name}; write `quotes` and `note`")
            if not self._aligned(loaded, path, row, texts):
                continue
            cells = []
            for column, text in enumerate(texts):
                quote = row.quotes[column] if row.quotes else None
                found = self._find(text, text.blocks, quote, loaded.place(*path, "quotes", column)) if quote else None
                cells.append(Cell(text, (found,) if found else ()))
            yield Row(tuple(cells), (), row.label, row.note, row.sources)

    def _aligned(self, loaded: Loaded[ComparisonFile], path: tuple[str | int, ...], row: Difference | ComparedRow, texts: tuple[Text, ...]) -> bool:
        """Return whether there is one quote for each text, and not all of them empty; report it if not."""
        right = row.quotes is not None and len(row.quotes) == len(texts) and any(row.quotes)
        if not right:
            self._incomplete(loaded.place(*path, "quotes"), f'`quotes` needs {len(texts)} quotes, one for each text ("" for none), and not all empty')
        return right

    def _find(self, text: Text, blocks: tuple[Block, ...], quote: Selector, at: Place) -> tuple[Block, int, int] | None:
        """Return the block in which a quote stands once among some blocks of a text, and where."""
        if not blocks:
            self._incomplete(at, f'{text.seed}/{text.id} has no block in this row, so it can be quoted only as ""')
            return None
        seed, folded = self.seeds[text.seed]
        part = SplitText(text.id, blocks[0].start, blocks[-1].end, tuple(Line(block.start, block.end) for block in blocks), ())
        found = TextAnchor(seed.words, folded, part, f"seeds/{seed.file.file}", self.registers, self.problems).find(quote, at)
        return (blocks[found[1]], found[0].start, found[0].end) if found else None

    def _incomplete(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, "comparison-incomplete", message))

    def _collated(self, name: str, file: ComparisonFile, texts: tuple[Text, ...]) -> Comparison:
        """Return two witnesses side by side, with their variants."""
        words = tuple(self.seeds[text.seed][0].words for text in texts)
        ranges = [[(block.start, block.end) for block in text.blocks] for text in texts]
        found = collate(words[0], ranges[0], words[1], ranges[1])
        variants = [Variant(f"variant-{n}", _said(words, found, change)) for n, change in enumerate(found.changes, 1)]
        marks = _marks(found)
        rows = []
        for sides in found.rows:
            cells = tuple(_cell(text, side, marks[column]) for column, (text, side) in enumerate(zip(texts, sides, strict=True)))
            numbers = sorted({mark.difference for cell in cells for mark in cell.marks if mark.difference})
            rows.append(Row(cells, tuple((number, variants[number - 1]) for number in numbers)))
        shapes = Counter((found.tokens[0][i].word, found.tokens[1][j].word) for i, j in found.shapes)
        return Comparison(name, file, texts, tuple(rows), tuple((*pair, count) for pair, count in shapes.most_common()), found.spacings)


def _some(first: int, last: int) -> str:
    return f"block {first}" if first == last else f"blocks {first} to {last}"


def _of(text: Text, numbers: tuple[int, ...]) -> tuple[Block, ...]:
    return tuple(text.blocks[number - 1] for number in numbers if 1 <= number <= len(text.blocks))


def _said(words: tuple[str, ...], found: Collation, change: Change) -> tuple[str, str]:
    """Return the words of each witness where they differ."""
    said = []
    for column, (first, last) in enumerate(((change.a, change.b), (change.c, change.d))):
        tokens = found.tokens[column]
        said.append(words[column][tokens[first].start : tokens[last - 1].end] if first < last else "")
    return said[0], said[1]


def _marks(found: Collation) -> tuple[list[Mark], list[Mark]]:
    """Return the words to be marked in each witness."""
    marks: tuple[list[Mark], list[Mark]] = [], []
    for number, change in enumerate(found.changes, 1):
        for column, (first, last) in enumerate(((change.a, change.b), (change.c, change.d))):
            if first < last:
                tokens = found.tokens[column]
                marks[column].append(Mark(tokens[first].start, tokens[last - 1].end, number))
    for pair in found.shapes:
        for column, index in enumerate(pair):
            token = found.tokens[column][index]
            marks[column].append(Mark(token.start, token.end, None))
    return marks


def _cell(text: Text, side: range, marks: list[Mark]) -> Cell:
    """Return the blocks of one witness in a row, with the marks that stand in them."""
    blocks = text.blocks[side.start : side.stop]
    inside = [mark for mark in marks if blocks and mark.end > blocks[0].start and mark.start < blocks[-1].end]
    return Cell(text, tuple((block, block.start, block.end) for block in blocks), tuple(sorted(inside, key=lambda mark: mark.start)))
