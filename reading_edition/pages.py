"""Write an Edition as Markdown pages, through the templates.

Pages are yielded one by one as (path below docs/, Markdown), so that an edition of ten thousand texts never stands in memory
as pages. Every value that a template prints is escaped by `escape` unless it is Markup.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import bibliography, citations, glance, metadata, parallel, render, report
from .edition import Comparison, Edition, Note, Omission, Passage, Seed, Text, changed_of, citations_of, day
from .model import Citation, Correction
from .problems import shorten
from .weave import escape

OWNED: Final = ("texts", "seeds", "registers", "comparisons")
"""Folders of docs/ that hold nothing but what is written here."""
OWNED_FILES: Final = ("index.md",)
"""Files of docs/ that are written here; what stands beside them is not."""

LANGUAGES: Final = {"en": "English", "ar": "Arabic", "fa": "Persian", "fr": "French", "de": "German", "es": "Spanish", "he": "Hebrew"}

_FILES: Final = (".bib", ".ris", ".csl.json")
"""Beside the page of a text: the same text for reference managers."""

AT_START: Final = 100
"""How many cards of texts the first page has at most; an edition with more texts leads to the list of all from there."""

_WORDS_A_MINUTE: Final = {"ar": 150, "fa": 150, "he": 150}


def _safe(value: Any) -> Markup:
    """Return a value as the words of the editors: nothing in it is Markdown or HTML."""
    return value if isinstance(value, Markup) else _escaped(str(value))


@lru_cache(maxsize=16_384)
def _escaped(value: str) -> Markup:
    return Markup(escape(value, False).replace('"', "&#34;"))


@lru_cache(maxsize=65_536)
def _excerpt(words: str, language: str, width: int) -> Markup:
    own, direction = render.language_of(words, language)
    return Markup(f'<span lang="{own}" dir="{direction}">{escape(shorten(words, width), False)}</span>')


def _front_matter(value: Any) -> Markup:
    """Return a value as a JSON string for front matter, which is YAML. Themes print titles as HTML, so no tag may come through."""
    return Markup(json.dumps(str(value).replace("<", "‹").replace(">", "›"), ensure_ascii=False))


def _capital(value: str) -> str:
    """Return words with a capital at the beginning, also behind a quotation mark."""
    return value[:2].upper() + value[2:] if value.startswith("“") else value[:1].upper() + value[1:]


_UNSAFE_IN_YAML: Final = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufeff]")


def _data(value: Any) -> Markup:
    """Return lists and mappings as JSON for front matter, on one line that YAML reads as JSON does, and with no tag in it."""
    return Markup(_UNSAFE_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)))


def _sentence(value: str) -> str:
    """Return words with a capital at the beginning and a full stop at the end."""
    words = value[:1].upper() + value[1:]
    return words if words.endswith((".", "!", "?", "…", ".)", ".”", '."')) else words + "."


def _lower_first(value: str) -> str:
    """Return words as they stand inside a sentence: "about", "early", "late", "the" without their capital, names of months with it."""
    first, _, rest = value.partition(" ")
    return f"{first.lower()} {rest}" if first in ("About", "Early", "Late", "The", "Before", "After", "Between") else value


def write(edition: Edition, before: Edition | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield (path below docs/, Markdown) for every page; None for a page that cannot differ from the one written for `before`."""
    pages = _Pages(edition)
    yield from pages.start()
    yield from pages.texts(before)
    yield from pages.seeds()
    yield from pages.register_pages()
    yield from pages.comparisons()


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """A text before or after another in reading order."""

    seed: Seed
    text: Text


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates, compiled once for all editions of a process; what they call is set anew for each edition."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_safe,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(json=_front_matter, data=_data, shorten=shorten, sentence=_sentence, capital=_capital, lower_first=_lower_first, day=day)
    return env


class _Pages:
    """The templates, and what several pages need."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.registers = edition.registers
        self.entries = bibliography.entries(edition.registers.works.values())
        self.short = {key: _safe(bibliography.short(work)) for key, work in edition.registers.works.items()}
        self.order = {key: index for index, key in enumerate(self.entries)}
        self.citations = citations.cite(edition)
        self.seed_of = {seed.key: seed for seed in edition.seeds}
        self.topic_of = {claim.id: topic for topic, (_, claims) in self.registers.topics.items() for claim in claims}
        self.env = _environment()
        self.env.globals.update(
            edition=edition,
            registers=self.registers,
            statuses=render.STATUSES,
            kinds=render.KINDS,
            translated=render.translated,
            languages=LANGUAGES,
            entry_of=self.entries.get,
            all_texts=[text for _, text in edition.texts()],
            work_order=list(self.entries),
            source_kinds=report.SOURCE_KINDS,
            sides=report.SIDES,
            outlet_of=self._outlet,
            topic_of=self.topic_of.__getitem__,
            quoted=self._quoted,
            in_context=self._in_context,
            passages_of=self._passages_of,
            language_of=render.language_of,
            source_words=self._source_words,
            work_of=self.registers.works.get,
            minutes=self._minutes,
            cited=self._cited,
            linkable=edition.linkable,
            kind_counts=self._kind_counts,
            citations_of=citations_of,
            comparisons_of=self._comparisons_of,
            citations_by_style=lambda text: self.citations[text.key],
            changed_of=changed_of,
            report_address=self._report_address,
            highwire=metadata.highwire,
            json_ld=metadata.json_ld,
            glance=glance,
        )

    def start(self) -> Iterator[tuple[str, str]]:
        every = [text for _, text in self.edition.texts()]
        shown = every if len(every) <= AT_START else []
        yield "index.md", self.env.get_template("start.md.j2").render(facets=glance.facets(self.edition), shown=shown)

    def texts(self, last: Edition | None) -> Iterator[tuple[str, str | None]]:
        known = (
            {text.key: _facts(seed, text) for seed, text in last.texts()}
            if last and last.registers is self.registers and last.file == self.edition.file and _compared(last) == _compared(self.edition)
            else {}
        )
        every = [_Neighbour(seed, text) for seed, text in self.edition.texts()]
        template = self.env.get_template("text.md.j2")
        items, bibtex = citations.items(self.edition), citations.bibtex(self.edition)
        for index, here in enumerate(every):
            text, path = here.text, f"texts/{here.seed.key}/{here.text.id}.md"
            around = every[max(0, index - 1) : index + 2]
            if all(known.get(near.text.key) == _facts(near.seed, near.text) for near in around):
                for kind in (".md", *_FILES):
                    yield path.removesuffix(".md") + kind, None
                continue
            works = dict.fromkeys(c.work for hand in text.file.chain for c in hand.sources)
            works |= dict.fromkeys(c.work for note in text.notes for c in citations_of(note))
            works |= dict.fromkeys(c.work for c in self._outlet(text).sources)
            cited = sorted(works, key=self.order.__getitem__)
            yield (
                path,
                template.render(
                    seed=here.seed,
                    text=text,
                    file=text.file,
                    outlet=self._outlet(text),
                    headline=render.headline(here.seed, text),
                    body=render.body(here.seed, text),
                    omissions=_grouped(text.omissions),
                    works=cited,
                    before=every[index - 1] if index else None,
                    after=every[index + 1] if index + 1 < len(every) else None,
                ),
            )
            files = (bibtex[text.key], citations.ris(self.edition, text), json.dumps([items[text.key]], ensure_ascii=False, indent=1) + "\n")
            for kind, written in zip(_FILES, files, strict=True):
                yield path.removesuffix(".md") + kind, written
        yield "texts/index.md", self.env.get_template("texts.md.j2").render(facets=glance.facets(self.edition))

    def seeds(self) -> Iterator[tuple[str, str]]:
        template = self.env.get_template("seed.md.j2")
        for seed in self.edition.seeds:
            yield f"seeds/{seed.key}.md", template.render(seed=seed, outlet=self.registers.outlets[seed.file.outlet])
        yield "seeds/index.md", self.env.get_template("seeds.md.j2").render()

    def register_pages(self) -> Iterator[tuple[str, str]]:
        topic = self.env.get_template("claims.md.j2")
        for name, (title, claims) in self.registers.topics.items():
            yield f"registers/claims/{name}.md", topic.render(title=title, claims=claims)
        yield "registers/claims/index.md", self.env.get_template("topics.md.j2").render()
        yield "registers/report.md", self.env.get_template("report.md.j2").render(report=report.tables(self.edition))
        yield "registers/corrections.md", self.env.get_template("corrections.md.j2").render(**self._corrections())
        outlets, rows = glance.who_says_what(self.edition)
        yield "registers/matrix.md", self.env.get_template("matrix.md.j2").render(outlets=outlets, rows=rows)
        for name in ("outlets", "people", "organisations", "places", "terms", "timeline", "works"):
            yield f"registers/{name}.md", self.env.get_template(f"{name}.md.j2").render(dated=self._dated())

    def comparisons(self) -> Iterator[tuple[str, str]]:
        for comparison in self.edition.comparisons:
            yield f"comparisons/{comparison.id}.md", self.env.get_template("comparison.md.j2").render(**self._comparison(comparison))
        index = self.env.get_template("comparisons.md.j2")
        yield "comparisons/index.md", index.render(comparisons=self.edition.comparisons, size=parallel.size, comparison_kinds=parallel.KINDS)

    def _comparison(self, comparison: Comparison) -> dict[str, Any]:
        """Return what the page of a comparison is made from."""
        names = parallel.names(comparison, LANGUAGES, {key: outlet.name for key, outlet in self.registers.outlets.items()})
        ids = parallel.anchors(comparison)
        differences = [pair for row in comparison.rows for pair in row.differences]
        works = dict.fromkeys(c.work for row in comparison.file.rows for c in row.sources)
        works |= dict.fromkeys(c.work for row in comparison.file.rows for difference in row.differences for c in difference.sources)
        return {
            "comparison": comparison,
            "file": comparison.file,
            "comparison_kinds": parallel.KINDS,
            "names": names,
            "in_numbers": parallel.in_numbers(comparison, names),
            "counts": parallel.counts(comparison),
            "kind_of": parallel.how,
            "how": parallel.HOW,
            "address": parallel.address,
            "jumps": differences,
            "blocks": lambda row, column: parallel.blocks(self.seed_of[row.cells[column].text.seed], row, column, ids),
            "excerpt": _excerpt,
            "seed_of": self.seed_of,
            "works": sorted(works, key=self.order.__getitem__),
        }

    def _comparisons_of(self, text: Text) -> list[tuple[str, str]]:
        """Return (id, title) of each comparison that a text is in."""
        return [(c.id, c.file.title) for c in self.edition.comparisons if any(text.key == other.key for other in c.texts)]

    def _corrections(self) -> dict[str, Any]:
        places: dict[str, list[Correction]] = {}
        for correction in self.registers.corrections:
            places.setdefault(correction.where, []).append(correction)
        names = {f"{text.seed}/{text.id}": text.file.short for _, text in self.edition.texts()}
        return {"corrections_by_place": list(places.items()), "text_names": names, "correction_address": self._address}

    @staticmethod
    def _address(correction: Correction) -> str:
        """Return where what was corrected stands, as seen from a page of the registers."""
        part, name = correction.where.split("/")
        if part == "registers":
            return f"{'timeline' if name == 'events' else name}.html#{correction.id}"
        if part == "comparisons":
            return f"../comparisons/{name}.html#note_{correction.id}"
        return f"claims/{name}.html#{correction.id}" if part == "claims" else f"../texts/{correction.where}.html#note_{correction.id}"

    def _report_address(self, place: str, up: str) -> str:
        """Return where an error at a place (page below the site, and anchor) is reported, as seen from a page `up` folders deep."""
        given = self.edition.file.report
        if given is None:
            return f"{up}registers/corrections.html?about={quote(place, safe='/')}#report"
        return given.replace("{note}", quote(place, safe=""))

    def _dated(self) -> list[tuple[str, Any, Text | None]]:
        """Return (date, event or None, text or None) of what the texts are about and of the texts themselves, oldest first."""
        rows: list[tuple[str, Any, Text | None]] = [(event.date, event, None) for event in self.registers.events.values()]
        rows += [(text.file.date.earliest, None, text) for _, text in self.edition.texts()]
        return sorted(rows, key=lambda row: (row[0], row[1] is None))

    def _outlet(self, text: Text) -> Any:
        return self.registers.outlets[text.file.outlet]

    def _passages_of(self, kind: str, name: str) -> tuple[Passage, ...]:
        """Return every place where an entry is spoken of."""
        return self.edition.passages.get((kind, name), ())

    def _source_words(self, text: Text, start: int, end: int) -> Markup:
        return Markup(escape(self.seed_of[text.seed].words[start:end], False))

    def _quoted(self, text: Text, note: Note, width: int = 140) -> Markup:
        """Return the words of a note as they stand in the source, shortened."""
        return _excerpt(self.seed_of[text.seed].words[note.start : note.end], text.file.language, width)

    def _in_context(self, text: Text, note: Note) -> Markup:
        """Return the words of a note, set apart, with as much of their block around them as makes about three lines."""
        before, said, after = glance.around(self.seed_of[text.seed].words, note)
        own, direction = render.language_of(before + said, text.file.language)
        parts = escape(before, False), escape(shorten(said, 400), False), escape(after, False)
        return Markup('<span lang="{}" dir="{}">{}<span class="said">{}</span>{}</span>').format(own, direction, *map(Markup, parts))

    def _cited(self, citations: tuple[Citation, ...], base: str) -> Markup:
        """Return the works of a note as links to their entries below `base` (an address that ends in the beginning of an anchor)."""
        return Markup("; ").join(
            Markup(f'<a href="{base}{citation.work}">{self.short[citation.work]}</a>') + (_safe(f", {citation.at}") if citation.at else "")
            for citation in citations
        )

    @staticmethod
    def _minutes(text: Text) -> int:
        return max(1, round(text.length / _WORDS_A_MINUTE.get(text.file.language, 220)))

    @staticmethod
    def _kind_counts(text: Text) -> list[tuple[str, int]]:
        """Return (kind, how many) for each kind of note that a text has."""
        counts = Counter[str](note.annotation.kind for note in text.notes)
        return [(kind, counts[kind]) for kind in render.KINDS if counts[kind]]


def _facts(seed: Seed, text: Text) -> tuple[object, ...]:
    """Return what a page of a text is made from, as far as it can change while the registers stay."""
    return seed.file.file, text.file, text.start, text.blocks, text.omissions, text.notes, text.translation


def _compared(edition: Edition) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what a page of a text says of comparisons."""
    return [(comparison.id, comparison.file.title, comparison.file.texts) for comparison in edition.comparisons]


def _grouped(omissions: tuple[Omission, ...]) -> list[tuple[str, list[Omission]]]:
    """Return omissions with the same reason that follow each other as one group."""
    groups: list[tuple[str, list[Omission]]] = []
    for omission in omissions:
        if groups and groups[-1][0] == omission.reason:
            groups[-1][1].append(omission)
        else:
            groups.append((omission.reason, [omission]))
    return groups
