"""Read the registers: claims by topic, works, outlets, people, organisations, places, terms, events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .edition import Registers
from .gather import Gathering, names
from .load import Loaded
from .model import Claim, ClaimFile, Correction, Event, Organisation, Outlet, Person, Place, Term
from .works import Work


def read_registers(root: Path) -> tuple[Registers, Gathering]:
    """Return the registers below `root`, and what was wrong with them."""
    state = Gathering(root)
    topics: dict[str, tuple[str, tuple[Claim, ...]]] = {}
    claims: dict[str, Claim] = {}
    for name in names(state.root, "editorial/registers/claims", ".yml"):
        loaded = state.load(ClaimFile, f"editorial/registers/claims/{name}")
        if loaded is not None:
            topics[name.removesuffix(".yml")] = loaded.value.topic, loaded.value.claims
            _collect(state, claims, "claim", loaded, loaded.value.claims, ("claims",))
    works: dict[str, Work] = {}
    for name in names(state.root, "editorial/registers/works", ".json"):
        loaded = state.load(tuple[Work, ...], f"editorial/registers/works/{name}")
        if loaded is not None:
            _collect(state, works, "work", loaded, loaded.value, ())
    registers = Registers(
        claims,
        topics,
        _register(state, "outlets", "outlet", Outlet),
        _register(state, "people", "person", Person),
        _register(state, "organisations", "organisation", Organisation),
        _register(state, "places", "place", Place),
        _register(state, "terms", "term", Term),
        _register(state, "events", "event", Event),
        works,
        _corrections(state),
    )
    return registers, state


def _register(state: Gathering, name: str, kind: str, model: Any) -> dict[str, Any]:
    file, entries = f"editorial/registers/{name}.yml", dict[str, Any]()
    if (state.root / file).exists():
        loaded = state.load(tuple[model, ...], file)
        if loaded is not None:
            _collect(state, entries, kind, loaded, loaded.value, ())
    return entries


def _collect(state: Gathering, into: dict[str, Any], kind: str, loaded: Loaded[Any], entries: tuple[Any, ...], path: tuple[str, ...]) -> None:
    for index, entry in enumerate(entries):
        if entry.id in into:
            first = state.place((kind, entry.id), "id")
            state.report(loaded.place(*path, index, "id"), "id-duplicate", f'{first} has the {kind} "{entry.id}" already; choose another id')
            continue
        into[entry.id] = entry
        state.remember((kind, entry.id), loaded, *path, index)


def _corrections(state: Gathering) -> tuple[Correction, ...]:
    file = "editorial/registers/corrections.yml"
    loaded = state.load(tuple[Correction, ...], file) if (state.root / file).exists() else None
    if loaded is None:
        return ()
    for index in range(len(loaded.value)):
        state.remember(("correction", str(index)), loaded, index)
    corrections: tuple[Correction, ...] = loaded.value
    return corrections
