"""Load everything, anchor every note, resolve every reference, and return an Edition or all problems.

The only place that asks for files to be read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import check
from .anchor import Folded
from .annotate import TextAnchor, resolve
from .edition import Edition, Passage, Registers, Seed, Text
from .load import Loaded, load
from .model import Claim, ClaimFile, EditionFile, Event, Organisation, Outlet, Person, SeedFile, Term, TextFile
from .problems import Place, Problem, did_you_mean
from .seeds import Line, SplitText, read_seed, sha256, split
from .works import Work

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


def assemble(root: Path, *, frozen: bool = True, progress: Progress = lambda what, done, of: None) -> Edition | list[Problem]:
    """Return the edition in `root`, or every problem it has, in order of place.

    With `frozen` false a seed may differ from its checksum: for looking at an edit before it is accepted.
    """
    state = _Assembly(root, frozen)
    file = state.load(EditionFile, "editorial/edition.yml")
    registers = _registers(state)
    keys = _seed_folders(state)
    seeds = []
    for done, key in enumerate(keys):
        progress("reading seeds", done, len(keys))
        seed = _seed(state, key, registers)
        if seed is not None:
            seeds.append(seed)
    if file is not None and not state.broken:
        whole = _with_witnesses(state, seeds, registers)
        edition = Edition(file.value, whole, registers, _passages(whole))
        state.problems += check.all_rules(edition, state.place, root)
        if not state.problems:
            return edition
    return sorted(set(state.problems))


@dataclass(slots=True)
class _Assembly:
    """What has been read so far, what was wrong with it, and where each thing was written."""

    root: Path
    frozen: bool
    problems: list[Problem] = field(default_factory=list)
    wherefrom: dict[tuple[str, ...], tuple[Loaded[Any], tuple[str | int, ...]]] = field(default_factory=dict)
    folds: dict[str, Folded] = field(default_factory=dict)
    """Folded seeds by key, for the witnesses."""
    broken: bool = False
    """A file could not be read at all, so that references and uses cannot be judged."""

    def load(self, kind: Any, file: str) -> Loaded[Any] | None:
        loaded = load(kind, self.root, file)
        if isinstance(loaded, list):
            self.problems += loaded
            self.broken = True
            return None
        return loaded

    def remember(self, thing: tuple[str, ...], loaded: Loaded[Any], *path: str | int) -> None:
        self.wherefrom[thing] = (loaded, path)

    def place(self, thing: tuple[str, ...], *path: str | int) -> Place:
        """Return where a thing (for instance `("claim", id)`) was written, or a field of it."""
        loaded, at = self.wherefrom[thing]
        return loaded.place(*at, *path)

    def report(self, place: Place, code: str, message: str) -> None:
        self.problems.append(Problem(place, code, message))

    def report_guesses(self, loaded: Loaded[Any]) -> None:
        for index, name in enumerate(loaded.value.unconfirmed):
            self.report(loaded.place("unconfirmed", index), "guess-unconfirmed", f"`{name}` was guessed; check it, and delete it here")


def _names(root: Path, folder: str, ending: str) -> list[str]:
    """Return the names in a folder that end so, sorted; none if there is no such folder."""
    try:
        return sorted(entry.name for entry in os.scandir(root / folder) if entry.name.endswith(ending) and not entry.name.startswith("."))
    except OSError:
        return []


def _registers(state: _Assembly) -> Registers:
    topics: dict[str, tuple[str, tuple[Claim, ...]]] = {}
    claims: dict[str, Claim] = {}
    for name in _names(state.root, "editorial/registers/claims", ".yml"):
        loaded = state.load(ClaimFile, f"editorial/registers/claims/{name}")
        if loaded is not None:
            topics[name.removesuffix(".yml")] = loaded.value.topic, loaded.value.claims
            _collect(state, claims, "claim", loaded, loaded.value.claims, ("claims",))
    works: dict[str, Work] = {}
    for name in _names(state.root, "editorial/registers/works", ".json"):
        loaded = state.load(tuple[Work, ...], f"editorial/registers/works/{name}")
        if loaded is not None:
            _collect(state, works, "work", loaded, loaded.value, ())
    return Registers(claims, topics, _register(state, "outlets", "outlet", Outlet), _register(state, "people", "person", Person),
                     _register(state, "organisations", "organisation", Organisation), _register(state, "terms", "term", Term),
                     _register(state, "events", "event", Event), works)


def _register(state: _Assembly, name: str, kind: str, model: Any) -> dict[str, Any]:
    file, entries = f"editorial/registers/{name}.yml", dict[str, Any]()
    if (state.root / file).exists():
        loaded = state.load(tuple[model, ...], file)
        if loaded is not None:
            _collect(state, entries, kind, loaded, loaded.value, ())
    return entries


def _collect(state: _Assembly, into: dict[str, Any], kind: str, loaded: Loaded[Any], entries: tuple[Any, ...], path: tuple[str, ...]) -> None:
    for index, entry in enumerate(entries):
        if entry.id in into:
            first = state.place((kind, entry.id), "id")
            state.report(loaded.place(*path, index, "id"), "id-duplicate", f'there is a {kind} "{entry.id}" already ({first})')
            continue
        into[entry.id] = entry
        state.remember((kind, entry.id), loaded, *path, index)


def _seed_folders(state: _Assembly) -> list[str]:
    folders = [name for name in _names(state.root, "editorial", "") if (state.root / "editorial" / name / "seed.yml").exists()]
    if not folders:
        state.report(Place("editorial"), "file-missing", "there is no seed.yml in any folder of it; begin with --draft")
    return folders


def _seed(state: _Assembly, key: str, registers: Registers) -> Seed | None:
    loaded = state.load(SeedFile, f"editorial/{key}/seed.yml")
    if loaded is None:
        return None
    file: SeedFile = loaded.value
    state.remember(("seed", key), loaded)
    path = f"seeds/{file.file}"
    words = read_seed(state.root, path)
    if isinstance(words, list):
        state.problems += [Problem(loaded.place("file"), p.code, f"{path}: {p.message}") if p.code == "file-missing" else p for p in words]
        state.broken = True
        return None
    if state.frozen and (found := sha256(state.root, path)) != file.sha256:
        state.report(loaded.place("sha256"), "seed-changed",
                     f"{path} is not the file that was annotated: its SHA-256 is {found}. Restore the file, or check every note and accept it")
    state.report_guesses(loaded)
    resolve(state.problems, "outlet", file.outlet, registers.outlets, loaded.place("outlet"))
    folded, parts, problems = split(words, path, loaded)
    state.folds[key] = folded
    state.problems += problems
    state.broken = state.broken or bool(problems)
    state.problems += check.listing(state.root, key, loaded, parts)
    texts = [text for part in parts if (text := _text(state, key, words, folded, part, path, registers)) is not None]
    return Seed(key, file, words, tuple(texts))


def _text(state: _Assembly, seed: str, words: str, folded: Folded, part: SplitText, path: str, registers: Registers) -> Text | None:
    loaded = state.load(TextFile, f"editorial/{seed}/{part.id}.yml")
    if loaded is None:
        return None
    file: TextFile = loaded.value
    state.remember(("text", seed, part.id), loaded)
    state.report_guesses(loaded)
    resolve(state.problems, "outlet", file.outlet, registers.outlets, loaded.place("outlet"))
    for index, hand in enumerate(file.chain):
        for kind, name, entries in (("outlet", hand.outlet, registers.outlets), ("person", hand.person, registers.people)):
            if name is not None:
                resolve(state.problems, kind, name, entries, loaded.place("chain", index, kind))
    anchor = TextAnchor(words, folded, part, path, registers, state.problems)
    blocks = anchor.blocks(loaded)
    witness = tuple(file.notes_from.split("/", 1)) if file.notes_from else None
    if witness is not None and len(witness) != 2:
        state.report(loaded.place("notes_from"), "value-invalid", "`notes_from`: `<seed>/<text>` is wanted")
        witness = None
    return Text(seed, part.id, file, part.start, part.end, blocks, part.omissions, anchor.notes(loaded, blocks),
                (witness[0], witness[1]) if witness else None)


def _with_witnesses(state: _Assembly, seeds: list[Seed], registers: Registers) -> tuple[Seed, ...]:
    """Return the seeds with the notes of each witness taken over from the text that has them."""
    by_key = {text.key: text for seed in seeds for text in seed.texts}
    result = []
    for seed in seeds:
        texts = []
        for text in seed.texts:
            if text.witness_of is not None:
                text = _as_witness(state, seed, text, by_key, registers)
            texts.append(text)
        result.append(Seed(seed.key, seed.file, seed.words, tuple(texts)))
    return tuple(result)


def _as_witness(state: _Assembly, seed: Seed, text: Text, by_key: dict[tuple[str, str], Text], registers: Registers) -> Text:
    place = state.place(("text", *text.key), "notes_from")
    source = by_key.get(text.witness_of or ("", ""))
    if source is None or source.witness_of is not None:
        names = ["/".join(key) for key in by_key]
        state.report(place, "reference-unknown", f'there is no text "{text.file.notes_from}" with notes of its own.'
                                                 f'{did_you_mean(text.file.notes_from or "", names)}')
        return text
    if text.file.annotations:
        state.report(state.place(("text", *text.key), "annotations"), "note-incomplete", "a text with `notes_from` has no annotations of its own")
    part = SplitText(text.id, text.start, text.end, tuple(Line(block.start, block.end) for block in text.blocks), text.omissions)
    anchor = TextAnchor(seed.words, state.folds[seed.key], part, f"seeds/{seed.file.file}", registers, state.problems)
    notes = anchor.notes(state.wherefrom["text", *source.key][0], text.blocks)
    return Text(text.seed, text.id, text.file, text.start, text.end, text.blocks, text.omissions, notes, text.witness_of)


def _passages(seeds: tuple[Seed, ...]) -> dict[tuple[str, str], tuple[Passage, ...]]:
    """Return where each entry of a register is spoken of."""
    passages: dict[tuple[str, str], list[Passage]] = {}
    for seed, text in ((seed, text) for seed in seeds for text in seed.texts):
        for outlet in dict.fromkeys([text.file.outlet, *(hand.outlet for hand in text.file.chain if hand.outlet), seed.file.outlet]):
            passages.setdefault(("outlet", outlet), []).append(Passage(text, None))
        for person in dict.fromkeys(hand.person for hand in text.file.chain if hand.person):
            passages.setdefault(("person", person), []).append(Passage(text, None))
        for note in text.notes:
            if note.entry is not None:
                passages.setdefault((note.annotation.kind, note.entry.id), []).append(Passage(text, note))
    return {key: tuple(found) for key, found in passages.items()}
