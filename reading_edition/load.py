"""Read what editors wrote: YAML (and JSON, which is YAML's subset) into the classes of the model, with the place of every field.

The only reader of YAML. Nothing is guessed from a scalar's look: every scalar is text until the model asks for a number, a
date or a yes. (PyYAML's safe_load turns `no` into False, lets a second key win, and forgets where things stood.)
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from .problems import Place, Problem, did_you_mean

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The C loader without the guessing of types, which costs a third of the reading and is not wanted."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return "tag:yaml.org,2002:str"


_T = TypeVar("_T")
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded(Generic[_T]):
    """A value and where each part of it was written."""

    value: _T
    file: str
    places: dict[Path_, tuple[int, int]]

    def place(self, *path: str | int) -> Place:
        """Return where the part at `path` stands, or its nearest parent that stands anywhere."""
        return _nearest(self.file, self.places, path)


@dataclass(slots=True)
class _Reading:
    """State while one file is turned into plain values."""

    file: str
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: set[int] = field(default_factory=set)

    def plain(self, node: yaml.Node, path: Path_) -> Any:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.value or node.style else None
        if id(node) in self.open:
            self.report(node, "yaml-syntax", "this part contains itself; write it out")
            return None
        self.open.add(id(node))
        value = self._sequence(node, path) if isinstance(node, yaml.SequenceNode) else self._mapping(node, path)
        self.open.discard(id(node))
        return value

    def _sequence(self, node: yaml.SequenceNode, path: Path_) -> list[Any]:
        return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.Node, path: Path_) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(key_node, "yaml-syntax", "a key is one word, not a list or a mapping")
                continue
            key = key_node.value
            if key in value:
                self.report(key_node, "key-duplicate", f'"{key}" is given twice here; keep one')
                continue
            self.keys[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            value[key] = self.plain(value_node, (*path, key))
        return value

    def report(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(Problem(Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1), code, message))


def load(kind: type[_T] | Any, root: Path, file: str) -> Loaded[_T] | list[Problem]:
    """Return `root/file` as a `kind` (a model class, or a tuple of one), or every problem that it has."""
    text = read_text(root, file)
    if isinstance(text, Problem):
        return [text]
    reading = _Reading(file)
    try:
        node = yaml.compose(text, Loader=_Loader)
        plain = reading.plain(node, ()) if node is not None else {}
    except yaml.YAMLError as error:
        return [_syntax(file, text, error)]
    except RecursionError:
        return [Problem(Place(file), "yaml-syntax", "nested too deeply to be read; write it flatter")]
    if any(problem.code == "yaml-syntax" for problem in reading.problems):
        return reading.problems
    try:
        value = _adapter(kind).validate_python(plain)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return reading.problems + [_invalid(reading, kind, detail) for detail in details if not _follows(detail, details)]
    return reading.problems or Loaded(value, file, reading.places)


Stamps = dict[str, tuple[int, int]]
"""Path -> (time of change in nanoseconds, size in bytes)."""


def stamps(*paths: Path) -> Stamps:
    """Return the stamps of files, and of all files in folders, hidden ones left out. What is not there has none."""
    found: Stamps = {}
    todo = [str(path) for path in paths]
    while todo:
        path = todo.pop()
        try:
            if os.path.isdir(path):
                todo += [entry.path for entry in os.scandir(path) if not entry.name.startswith(".")]
            else:
                facts = os.stat(path)
                found[path] = facts.st_mtime_ns, facts.st_size
        except OSError:
            continue
    return found


def read_text(root: Path, file: str) -> str | Problem:
    """Return the words of a UTF-8 file without a byte-order mark and with its own line ends, or why they cannot be had."""
    try:
        return (root / file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Problem(Place(file), "file-missing", "there is no such file; write it, or mend the name where it is listed")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = len(error.object[: error.start].rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return Problem(Place(file, line, column), "not-utf8", "this byte is not UTF-8; save the file as UTF-8")
    except OSError as error:
        return Problem(Place(file), "file-unreadable", f"cannot be read ({error.strerror or error}); it must be a file that you may read")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _nearest(file: str, places: dict[Path_, tuple[int, int]], path: Path_) -> Place:
    while path and path not in places:
        path = path[:-1]
    return Place(file, *places.get(path, (0, 0)))


def _syntax(file: str, text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        bad = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        at = bad.start() if bad else 0
        place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        return Problem(place, "yaml-syntax", f"U+{ord(text[at]):04X} may not stand in YAML; delete it")
    mark = getattr(error, "problem_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    return Problem(place, "yaml-syntax", f"{what}; a value with a colon, a # or quotation marks wants quotes around it")


def _follows(detail: Any, details: list[Any]) -> bool:
    """Whether a list only counts as too short because something in it is wrong."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details)


def _invalid(reading: _Reading, kind: Any, detail: Any) -> Problem:
    loc: Path_ = tuple(part for part in detail["loc"] if part != "[key]")
    place = _nearest(reading.file, reading.places if loc == detail["loc"] else reading.keys, loc)
    name, sort, context = str(next((part for part in reversed(loc) if isinstance(part, str)), "")), detail["type"], detail.get("ctx", {})
    if sort == "missing":
        return Problem(place, "field-missing", f"`{name}` is not given; add it")
    if sort == "extra_forbidden":
        place = Place(reading.file, *reading.keys.get(loc, (0, 0)))
        return Problem(place, "field-unknown", f"there is no field `{name}`.{did_you_mean(name, _field_names(kind))}")
    if sort == "value_error" and isinstance(detail["input"], str):  # no other scalar has a validator of its own
        return Problem(place, "date-invalid", f'"{detail["input"]}" is no date; write 2021, 2021-01 or 2021-01-08')
    wanted = _WANTED.get(sort, detail["msg"].removeprefix("Value error, "))
    if sort == "literal_error":
        wanted = f"one of {context['expected']} is wanted"
    if sort == "string_pattern_mismatch":
        wanted = next(form for start, form in _FORMS.items() if context["pattern"].startswith(start))
    given = f', not "{detail["input"]}"' if isinstance(detail["input"], str) else ", and nothing is given" if detail["input"] is None else ""
    return Problem(place, "value-invalid", f"{f'`{name}`' if name else 'this entry' if loc else 'the file'}: {wanted}{given}")


_WANTED = {
    "string_type": "a piece of text is wanted",
    "tuple_type": "a list is wanted",
    "dict_type": "a mapping is wanted",
    "model_type": "a mapping of fields is wanted",
    "string_too_short": "some text is wanted",
    "too_short": "at least one entry is wanted",
    "int_parsing": "a whole number is wanted",
    "int_type": "a whole number is wanted",
    "greater_than_equal": "a number from 1 up is wanted",
    "bool_parsing": "true or false is wanted",
}

_FORMS = {
    "^[a-z0-9]+(-": "an id is wanted: lower-case letters and digits, with single hyphens between them",
    "^https?://": "an address that begins with https:// or http:// is wanted",
    "^[0-9a-f]{64}": "a SHA-256 is wanted: 64 digits from 0 to 9 and a to f",
    "^[\\w.-]": "the name of a file in seeds/ is wanted",
    r"\S": "some text is wanted",
    "": "another form is wanted",
}
"""How the pattern of a field begins -> what to ask for."""


def _field_names(kind: Any) -> set[str]:
    """Return the names of all fields of a model and of the models inside it."""
    names, todo, seen = set[str](), [kind], set[int]()
    while todo:
        part = todo.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        todo.extend(getattr(part, "__args__", ()) or ())
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, info in part.model_fields.items():
                names.add(info.alias or name)
                todo.append(info.annotation)
    return names
