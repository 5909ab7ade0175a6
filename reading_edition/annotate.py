"""Bind what the editors wrote about one text to its words: blocks get their kinds, annotations find their quotes."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Any

from .anchor import Ambiguous, Folded, Found, Missing, find, find_all
from .edition import Block, Entry, Note, Registers
from .load import Loaded
from .model import Annotation, BlockKind, Selector, TextFile
from .problems import Place, Problem, did_you_mean
from .seeds import SplitText, explain, place_in


@dataclass(slots=True)
class TextAnchor:
    """One text, in whose words the quotes of its editors are looked for. What is wrong is added to `problems`."""

    words: str
    folded: Folded
    part: SplitText
    path: str
    registers: Registers
    problems: list[Problem]

    def blocks(self, loaded: Loaded[TextFile]) -> tuple[Block, ...]:
        """Return the text's lines as blocks, each with the kind that its editors gave it."""
        file = loaded.value
        kinds: dict[int, tuple[BlockKind, tuple[int, int] | None]] = {}
        for kind, selectors in file.blocks.items():
            for index, selector in enumerate(selectors):
                at = loaded.place("blocks", kind, index)
                place = self.find(selector, at)
                if place is None:
                    continue
                found, line = place
                if line in kinds and kinds[line][0] != kind:
                    self._report(at, "block-twice", f"this line is in `{kinds[line][0]}` already; keep one of the two")
                kinds[line] = kind, (found.start, found.end) if kind == "infobox" else None
        default: tuple[BlockKind, None] = (file.every_line, None)
        return tuple(
            Block(index + 1, kinds.get(index, default)[0], line.start, line.end, kinds.get(index, default)[1])
            for index, line in enumerate(self.part.lines)
        )

    def notes(self, loaded: Loaded[TextFile], blocks: tuple[Block, ...]) -> tuple[Note, ...]:
        """Return the annotations that found their words and their entry, numbered in the order of the words."""
        found = list[tuple[int, int, int, Block, Annotation, Entry | None]]()
        seen = set[str]()
        for index, annotation in enumerate(loaded.value.annotations):
            at = loaded.place("annotations", index, "quote")
            if annotation.id in seen:
                self._report(
                    loaded.place("annotations", index, "id"),
                    "id-duplicate",
                    f'there is a note "{annotation.id}" in this text already; choose another id',
                )
            seen.add(annotation.id)
            if annotation.id[0] == "p" and annotation.id[1:].isdigit():
                self._report(
                    loaded.place("annotations", index, "id"), "id-reserved", f'"{annotation.id}" is the address of a paragraph; choose another id'
                )
            entry = self._entry(annotation, loaded, index)
            place = self.find(annotation, at)
            if place is not None:
                found.append((place[0].start, -place[0].end, index, blocks[place[1]], annotation, entry))
        found.sort(key=lambda item: item[:3])
        return tuple(Note(annotation, number, start, -end, block, entry) for number, (start, end, _, block, annotation, entry) in enumerate(found, 1))

    def _entry(self, annotation: Annotation, loaded: Loaded[Any], index: int) -> Entry | None:
        kind = annotation.kind
        registers: dict[str, Any] = {
            "claim": self.registers.claims,
            "term": self.registers.terms,
            "person": self.registers.people,
            "outlet": self.registers.outlets,
            "organisation": self.registers.organisations,
            "place": self.registers.places,
        }
        for other in registers:
            if other != kind and getattr(annotation, other) is not None:
                self._report(
                    loaded.place("annotations", index, other), "note-incomplete", f"a note of kind `{kind}` points to no {other}; delete this field"
                )
        if kind in registers:
            name = getattr(annotation, kind)
            if name is None:
                self._report(
                    loaded.place("annotations", index), "note-incomplete", f"a note of kind `{kind}` points to an entry; add the field `{kind}`"
                )
                return None
            entry: Entry | None = resolve(self.problems, kind, name, registers[kind], loaded.place("annotations", index, kind))
            return entry
        if annotation.note is None:
            self._report(loaded.place("annotations", index), "note-incomplete", f"a note of kind `{kind}` has words of its own; add the field `note`")
        return None

    def find(self, selector: Selector | Annotation, at: Place) -> tuple[Found, int] | None:
        """Return where a quote stands, and the number of its line; it counts only where it is printed, inside one line."""
        part = self.part
        places = find_all(self.folded, selector.quote, selector.prefix, selector.suffix, part.start, part.end)
        inside = [(place, line) for place in places if (line := self._line_of(place)) is not None]
        if len(inside) == 1:
            return inside[0]
        where = f'"{part.id}"'
        if inside:
            self.problems.append(explain(Ambiguous(tuple(place.start for place, _ in inside)), at, self.words, self.path, where))
        elif places:
            line = place_in(self.path, self.words, places[0].start).line
            self._report(
                at,
                "quote-across-blocks",
                f"reaches beyond the end of line {line} of {self.path}, or into words that are left out; quote words of one line",
            )
        else:
            missing = find(self.folded, selector.quote, selector.prefix, selector.suffix, part.start, part.end)
            assert isinstance(missing, Missing)
            self.problems.append(explain(missing, at, self.words, self.path, where))
        return None

    def _line_of(self, found: Found) -> int | None:
        index = bisect.bisect_right(self.part.lines, found.start, key=lambda line: line.start) - 1
        return index if index >= 0 and found.end <= self.part.lines[index].end else None

    def _report(self, place: Place, code: str, message: str) -> None:
        self.problems.append(Problem(place, code, message))


def resolve(problems: list[Problem], kind: str, name: str, entries: Any, place: Place) -> Any:
    """Return the entry of that name; if there is none, return None and add the problem, with the nearest name."""
    entry = entries.get(name)
    if entry is None:
        problems.append(Problem(place, "reference-unknown", f'there is no {kind} "{name}".{did_you_mean(name, entries)}'))
    return entry
