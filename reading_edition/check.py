"""The rules that need the whole edition to be seen: what is named exists, what exists is named.

Each rule is a generator of problems; its docstring is the rule.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import policy
from .edition import Edition
from .load import Loaded
from .model import Citation, SeedFile
from .policy import Where
from .problems import Place, Problem, did_you_mean


def listing(root: Path, key: str, loaded: Loaded[SeedFile]) -> Iterator[Problem]:
    """Every file of a text is listed in its seed.yml, and each id once."""
    names = [entry.id for entry in loaded.value.texts]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(loaded.place("texts", index, "id"), "id-duplicate", f'there is a text "{name}" in this seed already; choose another id')
    for entry in sorted(os.listdir(root / "editorial" / key)):
        stem = entry.removesuffix(".yml")
        if entry.endswith(".yml") and stem not in {"seed", *names}:
            yield Problem(
                Place(f"editorial/{key}/{entry}"),
                "text-unlisted",
                f"{loaded.file} lists no such text; list it there, or delete this file.{did_you_mean(stem, names)}",
            )
    folder = root / "editorial" / key / "translations"
    for entry in sorted(os.listdir(folder)) if folder.is_dir() else ():
        if entry.removesuffix(".en.yml") not in names:
            place = Place(f"editorial/{key}/translations/{entry}")
            yield Problem(place, "text-unlisted", f"{loaded.file} lists no such text; name the file <text>.en.yml, or delete it")


def all_rules(edition: Edition, where: Where, root: Path) -> Iterator[Problem]:
    """Yield every problem of a whole edition."""
    yield from _seed_files(edition, where, root)
    yield from _references(edition, where)
    yield from _unused(edition, where)
    yield from _links(edition, where)
    yield from _corrected(edition, where)
    yield from policy.rules(edition, where)


def _seed_files(edition: Edition, where: Where, root: Path) -> Iterator[Problem]:
    """Every file in seeds/ has a folder in editorial/, and no two folders share a seed."""
    claimed: dict[str, str] = {}
    for seed in edition.seeds:
        if seed.file.file in claimed:
            yield Problem(
                where(("seed", seed.key), "file"),
                "seed-unclaimed",
                f"editorial/{claimed[seed.file.file]} has this seed already; delete one of the two folders",
            )
        claimed[seed.file.file] = seed.key
    for name in sorted(os.listdir(root / "seeds")):
        if name not in claimed and not name.startswith("."):
            yield Problem(
                Place(f"seeds/{name}"), "seed-unclaimed", f"no folder of editorial/ has it; run: python build_edition.py --draft seeds/{name}"
            )


def _cited(edition: Edition) -> Iterator[tuple[tuple[str, ...], tuple[str | int, ...], Citation]]:
    """Yield every citation: the thing that cites, the path to the citation in it, the citation."""
    for kind, entries in edition.registers.by_kind():
        for entry in entries.values():
            for index, citation in enumerate(entry.sources):
                yield (kind, entry.id), ("sources", index), citation
    for _, text in edition.texts():
        for step, hand in enumerate(text.file.chain):
            for index, citation in enumerate(hand.sources):
                yield ("text", *text.key), ("chain", step, "sources", index), citation
        for number, annotation in enumerate(text.file.annotations):
            for index, citation in enumerate(annotation.sources):
                yield ("text", *text.key), ("annotations", number, "sources", index), citation
    for comparison in edition.comparisons:
        for number, row in enumerate(comparison.file.rows):
            for index, citation in enumerate(row.sources):
                yield ("comparison", comparison.id), ("rows", number, "sources", index), citation
            for place, difference in enumerate(row.differences):
                for index, citation in enumerate(difference.sources):
                    yield ("comparison", comparison.id), ("rows", number, "differences", place, "sources", index), citation


def _references(edition: Edition, where: Where) -> Iterator[Problem]:
    """Every work that is cited is in the bibliography."""
    works = edition.registers.works
    for thing, path, citation in _cited(edition):
        if citation.work not in works:
            yield Problem(where(thing, *path), "reference-unknown", f'there is no work "{citation.work}".{did_you_mean(citation.work, works)}')


def _named(edition: Edition) -> Iterator[tuple[str, str | None]]:
    """Yield (kind, id) of every entry that a text names, also in a note whose quote is missing."""
    for seed, text in edition.texts():
        yield "outlet", seed.file.outlet
        yield "outlet", text.file.outlet
        for hand in text.file.chain:
            yield from (("outlet", hand.outlet), ("person", hand.person))
        for annotation in text.file.annotations:
            yield from ((kind, getattr(annotation, kind)) for kind in ("claim", "outlet", "person", "organisation", "place", "term"))


def _unused(edition: Edition, where: Where) -> Iterator[Problem]:
    """Every entry of a register, and every work, is referred to."""
    registers, named = edition.registers, set(_named(edition))
    for kind, entries in registers.by_kind():
        for name in entries if kind != "event" else ():
            if (kind, name) not in named:
                yield Problem(where((kind, name), "id"), "entry-unused", f'no text refers to the {kind} "{name}"; annotate a passage or delete it')
    cited = {citation.work for _, _, citation in _cited(edition)}
    for name in registers.works:
        if name not in cited:
            yield Problem(where(("work", name), "id"), "entry-unused", f'nothing cites the work "{name}"; cite or delete it')


def _links(edition: Edition, where: Where) -> Iterator[Problem]:
    """An address that may be a link begins with https:// or http://, and is not of a site that was seized or is listed."""
    for outlet in edition.registers.outlets.values():
        address, at = outlet.address or "", where(("outlet", outlet.id), "address")
        if outlet.linked and not address.startswith(("https://", "http://")):
            yield Problem(at, "link-unsafe", f'"{address}" cannot be a link; begin it with https://, or set `linked: false`')
        elif outlet.linked and not edition.linkable(address):
            yield Problem(at, "link-listed", f'"{address}" is a site that edition.yml lists under `unlinked`; set `linked: false`')


def _corrected(edition: Edition, where: Where) -> Iterator[Problem]:
    """A correction names a text, topic, register or comparison that exists, and a note, claim, entry or difference in it."""
    registers = edition.registers
    ids: dict[str, Iterable[str]] = {f"{text.seed}/{text.id}": [annotation.id for annotation in text.file.annotations] for _, text in edition.texts()}
    ids |= {f"claims/{topic}": [claim.id for claim in claims] for topic, (_, claims) in registers.topics.items()}
    ids |= {f"registers/{name}": getattr(registers, name) for name in ("outlets", "people", "organisations", "places", "terms", "events", "works")}
    for comparison in edition.comparisons:
        ids[f"comparisons/{comparison.id}"] = [difference.id for row in comparison.file.rows for difference in row.differences]
    for index, correction in enumerate(registers.corrections):
        thing = ("correction", str(index))
        if correction.where not in ids:
            message = f'there is no text, topic, register or comparison "{correction.where}".{did_you_mean(correction.where, ids)}'
            yield Problem(where(thing, "where"), "reference-unknown", message)
        elif correction.id is not None and correction.id not in ids[correction.where]:
            message = f'there is no "{correction.id}" in {correction.where}.{did_you_mean(correction.id, ids[correction.where])}'
            yield Problem(where(thing, "id"), "reference-unknown", message)
