"""Bind what the editors wrote about one text to its words: blocks get their kinds, annotations find their quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .anchor import Folded, Found, find
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
                found = self._find(selector, at)
                line = self._line_of(found, at) if found else None
                if found is None or line is None:
                    continue
                if line in kinds and kinds[line][0] != kind:
                    self._report(at, "block-twice", f"this line is a {kinds[line][0]} already")
                kinds[line] = kind, (found.start, found.end) if kind == "infobox" else None
        default: tuple[BlockKind, None] = (file.every_line, None)
        return tuple(Block(number, kinds.get(line.start, default)[0], line.start, line.end, kinds.get(line.start, default)[1])
                     for number, line in enumerate(self.part.lines, 1))

    def notes(self, loaded: Loaded[TextFile], blocks: tuple[Block, ...]) -> tuple[Note, ...]:
        """Return the annotations that found their words and their entry, numbered in the order of the words."""
        found = list[tuple[int, int, int, Block, Annotation, Entry | None]]()
        seen = set[str]()
        for index, annotation in enumerate(loaded.value.annotations):
            at = loaded.place("annotations", index, "quote")
            if annotation.id in seen:
                self._report(loaded.place("annotations", index, "id"), "id-duplicate", f'there is a note "{annotation.id}" in this text already')
            seen.add(annotation.id)
            if annotation.id[0] == "p" and annotation.id[1:].isdigit():
                self._report(loaded.place("annotations", index, "id"), "id-reserved", f'"{annotation.id}" is the address of a paragraph')
            entry = self._entry(annotation, loaded, index)
            place = self._find(annotation, at)
            line = self._line_of(place, at) if place else None
            if place and line is not None:
                block = next(block for block in blocks if block.start == line)
                found.append((place.start, -place.end, index, block, annotation, entry))
        found.sort(key=lambda item: item[:3])
        return tuple(Note(annotation, number, start, -end, block, entry)
                     for number, (start, end, _, block, annotation, entry) in enumerate(found, 1))

    def _entry(self, annotation: Annotation, loaded: Loaded[Any], index: int) -> Entry | None:
        kind = annotation.kind
        registers: dict[str, Any] = {"claim": self.registers.claims, "term": self.registers.terms, "person": self.registers.people,
                                     "outlet": self.registers.outlets, "organisation": self.registers.organisations}
        for other in registers:
            if other != kind and getattr(annotation, other) is not None:
                self._report(loaded.place("annotations", index, other), "note-incomplete", f"a note of kind {kind} points to no {other}")
        if kind in registers:
            name = getattr(annotation, kind)
            if name is None:
                self._report(loaded.place("annotations", index), "note-incomplete", f"a note of kind {kind} names a `{kind}`")
                return None
            entry: Entry | None = resolve(self.problems, kind, name, registers[kind], loaded.place("annotations", index, kind))
            return entry
        if annotation.note is None:
            self._report(loaded.place("annotations", index), "note-incomplete", f"a note of kind {kind} has words of its own: `note`")
        return None

    def _find(self, selector: Selector | Annotation, at: Place) -> Found | None:
        result = find(self.folded, selector.quote, selector.prefix, selector.suffix, self.part.start, self.part.end)
        if isinstance(result, Found):
            return result
        self.problems.append(explain(result, at, self.words, self.path, f'"{self.part.id}"'))
        return None

    def _line_of(self, found: Found, at: Place) -> int | None:
        for line in self.part.lines:
            if line.start <= found.start and found.end <= line.end:
                return line.start
        place = place_in(self.path, self.words, found.start)
        self._report(at, "quote-across-blocks", f"reaches beyond the end of line {place.line} of {self.path}, or into words that are left out")
        return None

    def _report(self, place: Place, code: str, message: str) -> None:
        self.problems.append(Problem(place, code, message))


def resolve(problems: list[Problem], kind: str, name: str, entries: Any, place: Place) -> Any:
    """Return the entry of that name; if there is none, return None and add the problem, with the nearest name."""
    entry = entries.get(name)
    if entry is None:
        problems.append(Problem(place, "reference-unknown", f'there is no {kind} "{name}".{did_you_mean(name, entries)}'))
    return entry
