"""Load everything, anchor every note, resolve every reference, and return an Edition or all problems.

The only place that asks for files to be read. With a `Memory` it reads only what changed since the last time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import check
from .anchor import Folded
from .annotate import TextAnchor, resolve
from .compare import Comparing, Reading, read_comparisons
from .edition import Comparison, Edition, Passage, Registers, Seed, Text
from .gather import Gathering, names
from .load import Loaded, Stamps, stamps
from .model import ComparisonFile, EditionFile, SeedFile, TextFile, TranslationFile
from .problems import Place, Problem, did_you_mean
from .registers import read_registers
from .seeds import Line, SplitText, read_seed, sha256, split

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


@dataclass(slots=True)
class _Reading:
    """What came of one seed and its folder."""

    gathered: Gathering
    seed: Seed | None = None
    folded: Folded | None = None


@dataclass(slots=True)
class Memory:
    """What an earlier run in the same process read. A part is read again if one of its files has another time or size."""

    registers: tuple[Stamps, Registers, Gathering] | None = None
    seeds: dict[str, tuple[Stamps, Registers, _Reading]] = field(default_factory=dict)
    comparisons: dict[str, Reading] = field(default_factory=dict)


def assemble(
    root: Path, *, frozen: bool = True, memory: Memory | None = None, progress: Progress = lambda what, done, of: None
) -> Edition | list[Problem]:
    """Return the edition in `root`, or every problem it has, in order of place.

    With `frozen` false a seed may differ from its checksum: for looking at an edit before it is accepted.
    """
    memory = memory if memory is not None else Memory()
    state = Gathering(root)
    file = state.load(EditionFile, "editorial/edition.yml")
    if file is not None:
        state.remember(("edition", "edition"), file)
    registers, gathered = _registers(root, memory)
    state.include(gathered)
    keys = [name for name in names(root, "editorial", "") if (root / "editorial" / name / "seed.yml").exists()]
    if not keys:
        state.report(Place("editorial"), "file-missing", "there is no seed.yml in any folder of it; begin with --draft")
    readings = []
    for done, key in enumerate(keys):
        progress("reading seeds", done, len(keys))
        reading = _remembered(root, key, registers, frozen, memory)
        state.include(reading.gathered)
        readings.append(reading)
    comparison_files = []
    for name, loaded, gathered in read_comparisons(root, memory.comparisons):
        state.include(gathered)
        if loaded is not None:
            comparison_files.append((name, loaded))
    if file is not None and not state.broken:
        whole = _with_witnesses(state, readings, registers)
        comparisons = _comparisons(state, comparison_files, whole, readings, registers)
        edition = Edition(file.value, whole, registers, _passages(whole), comparisons)
        state.problems += check.all_rules(edition, state.place, root)
        if not state.problems:
            return edition
    return sorted(set(state.problems))


def _registers(root: Path, memory: Memory) -> tuple[Registers, Gathering]:
    now = stamps(root / "editorial/registers")
    if memory.registers is None or memory.registers[0] != now:
        memory.registers = now, *read_registers(root)
    return memory.registers[1:]


def _remembered(root: Path, key: str, registers: Registers, frozen: bool, memory: Memory) -> _Reading:
    now = stamps(root / "editorial" / key)
    known = memory.seeds.get(key)
    if (
        known is not None
        and known[1] is registers
        and known[2].seed is not None
        and known[0] == now | stamps(root / "seeds" / known[2].seed.file.file)
    ):
        return known[2]
    reading = _read(root, key, registers, frozen)
    if reading.seed is not None:
        memory.seeds[key] = now | stamps(root / "seeds" / reading.seed.file.file), registers, reading
    return reading


def _read(root: Path, key: str, registers: Registers, frozen: bool) -> _Reading:
    """Return what comes of reading one seed and its folder."""
    state = Gathering(root)
    loaded = state.load(SeedFile, f"editorial/{key}/seed.yml")
    if loaded is None:
        return _Reading(state)
    file: SeedFile = loaded.value
    state.remember(("seed", key), loaded)
    path = f"seeds/{file.file}"
    words = read_seed(root, path)
    if isinstance(words, list):
        state.problems += [Problem(loaded.place("file"), p.code, f"{path}: {p.message}") if p.code == "file-missing" else p for p in words]
        state.broken = True
        return _Reading(state)
    if frozen and (found := sha256(root, path)) != file.sha256:
        state.report(
            loaded.place("sha256"),
            "seed-changed",
            f"{path} is not the file that was annotated: its SHA-256 is {found}. Restore the file, or check every note and write this number here",
        )
    state.report_guesses(loaded)
    resolve(state.problems, "outlet", file.outlet, registers.outlets, loaded.place("outlet"))
    folded, parts, problems = split(words, path, loaded)
    state.problems += problems
    state.broken = state.broken or bool(problems)
    state.problems += check.listing(root, key, loaded)
    texts = [text for part in parts if (text := _text(state, key, words, folded, part, path, registers)) is not None]
    return _Reading(state, Seed(key, file, words, tuple(texts)), folded)


def _text(state: Gathering, seed: str, words: str, folded: Folded, part: SplitText, path: str, registers: Registers) -> Text | None:
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
    return Text(
        seed,
        part.id,
        file,
        part.start,
        part.end,
        blocks,
        part.omissions,
        anchor.notes(loaded, blocks),
        (witness[0], witness[1]) if witness else None,
        sum(len(words[block.start : block.end].split()) for block in blocks),
        _translation(state, seed, part.id, len(blocks)),
    )


def _translation(state: Gathering, seed: str, text: str, blocks: int) -> TranslationFile | None:
    """Return the editors' translation of a text, if there is one, after checking that it has every block once."""
    file = f"editorial/{seed}/translations/{text}.en.yml"
    loaded = state.load(TranslationFile, file) if (state.root / file).exists() else None
    if loaded is None or state.broken:  # a seed that could not be split has other blocks
        return None
    translation: TranslationFile = loaded.value
    if translation.text != text:
        state.report(loaded.place("text"), "value-invalid", f"`text`: the file is named for {text}")
    for number in sorted(set(range(1, blocks + 1)) ^ set(translation.blocks)):
        what = "is not translated; add it" if number <= blocks and number > 0 else f"does not exist, the text has {blocks}; delete it"
        state.report(loaded.place("blocks", str(number)), "translation-incomplete", f"block {number} {what}")
    return translation


def _with_witnesses(state: Gathering, readings: list[_Reading], registers: Registers) -> tuple[Seed, ...]:
    """Return the seeds with the notes of each witness taken over from the text that has them."""
    by_key = {text.key: text for reading in readings if reading.seed for text in reading.seed.texts}
    result = []
    for reading in readings:
        seed = reading.seed
        if seed is not None and any(text.witness_of for text in seed.texts):
            texts = tuple(_as_witness(state, reading, text, by_key, registers) if text.witness_of else text for text in seed.texts)
            seed = Seed(seed.key, seed.file, seed.words, texts)
        if seed is not None:
            result.append(seed)
    return tuple(result)


def _as_witness(state: Gathering, reading: _Reading, text: Text, by_key: dict[tuple[str, str], Text], registers: Registers) -> Text:
    assert reading.seed is not None
    assert reading.folded is not None
    seed, place = reading.seed, state.place(("text", *text.key), "notes_from")
    source = by_key.get(text.witness_of or ("", ""))
    if source is None or source.witness_of is not None:
        keys = ["/".join(key) for key in by_key]
        state.report(
            place,
            "reference-unknown",
            f'there is no text "{text.file.notes_from}" with notes of its own.{did_you_mean(text.file.notes_from or "", keys)}',
        )
        return text
    if text.file.annotations:
        state.report(
            state.place(("text", *text.key), "annotations"),
            "note-incomplete",
            "a text with `notes_from` has no annotations of its own; delete one of the two",
        )
    part = SplitText(text.id, text.start, text.end, tuple(Line(block.start, block.end) for block in text.blocks), text.omissions)
    anchor = TextAnchor(seed.words, reading.folded, part, f"seeds/{seed.file.file}", registers, state.problems)
    notes = anchor.notes(state.wherefrom["text", *source.key][0], text.blocks)
    return replace(text, notes=notes)


def _comparisons(
    state: Gathering, files: list[tuple[str, Loaded[ComparisonFile]]], seeds: tuple[Seed, ...], readings: list[_Reading], registers: Registers
) -> tuple[Comparison, ...]:
    """Return the comparisons, with the words that they compare."""
    folded = {reading.seed.key: reading.folded for reading in readings if reading.seed and reading.folded}
    comparing = Comparing({seed.key: (seed, folded[seed.key]) for seed in seeds}, registers, state.problems)
    for name, loaded in files:
        state.remember(("comparison", name), loaded)
    return tuple(comparing.comparison(name, loaded) for name, loaded in files)


def _passages(seeds: tuple[Seed, ...]) -> dict[tuple[str, str], tuple[Passage, ...]]:
    """Return where each entry of a register is spoken of."""
    passages: dict[tuple[str, str], list[Passage]] = {}
    for seed, text in ((one, text) for one in seeds for text in one.texts):
        for outlet in dict.fromkeys([text.file.outlet, *(hand.outlet for hand in text.file.chain if hand.outlet), seed.file.outlet]):
            passages.setdefault(("outlet", outlet), []).append(Passage(text, None))
        for person in dict.fromkeys(hand.person for hand in text.file.chain if hand.person):
            passages.setdefault(("person", person), []).append(Passage(text, None))
        for note in text.notes:
            if note.entry is not None:
                passages.setdefault((note.annotation.kind, note.entry.id), []).append(Passage(text, note))
    return {key: tuple(found) for key, found in passages.items()}
