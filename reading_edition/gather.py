"""Read files one after the other and keep what was wrong with them, and where each thing was written."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .load import Loaded, load
from .problems import Place, Problem

Thing = tuple[str, ...]
"""A kind and its ids: `("claim", id)`, `("text", seed, id)`."""


@dataclass(slots=True)
class Gathering:
    """What came of reading some files."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    wherefrom: dict[Thing, tuple[Loaded[Any], tuple[str | int, ...]]] = field(default_factory=dict)
    broken: bool = False
    """A file could not be read or split at all, so that references and uses cannot be judged."""

    def load(self, kind: Any, file: str) -> Loaded[Any] | None:
        """Return the file as a `kind`, or None after keeping its problems."""
        loaded = load(kind, self.root, file)
        if isinstance(loaded, list):
            self.problems += loaded
            self.broken = True
            return None
        return loaded

    def remember(self, thing: Thing, loaded: Loaded[Any], *path: str | int) -> None:
        """Keep where a thing was written."""
        self.wherefrom[thing] = (loaded, path)

    def place(self, thing: Thing, *path: str | int) -> Place:
        """Return where a thing was written, or a field of it."""
        loaded, at = self.wherefrom[thing]
        return loaded.place(*at, *path)

    def report(self, place: Place, code: str, message: str) -> None:
        """Keep a problem."""
        self.problems.append(Problem(place, code, message))

    def report_guesses(self, loaded: Loaded[Any]) -> None:
        """Keep a problem for each field that is marked as guessed."""
        for index, name in enumerate(loaded.value.unconfirmed):
            self.report(loaded.place("unconfirmed", index), "guess-unconfirmed", f"`{name}` was guessed; check it, and delete it here")

    def include(self, other: Gathering) -> None:
        """Take over what another gathering has."""
        self.problems += other.problems
        self.wherefrom |= other.wherefrom
        self.broken = self.broken or other.broken


def names(root: Path, folder: str, ending: str) -> list[str]:
    """Return the names in a folder that end so, sorted; none if there is no such folder."""
    try:
        return sorted(entry.name for entry in os.scandir(root / folder) if entry.name.endswith(ending) and not entry.name.startswith("."))
    except OSError:
        return []
