"""Write the search index of a published site: site/search/, made by Pagefind from folded words, in parts that a query loads as it needs them.

Whatever the page loads has a twin that is a script (`<file>.js`), because a browser that reads from a disk loads nothing else.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import html
from pagefind.service import get_executable

from . import search
from .edition import Edition

FOLDER: Final = "search"
"""In the site."""

_LANGUAGE: Final = "mul"
"""ISO 639's code for several languages: one index for all, and nothing stemmed."""

_SIGNATURE: Final = b"pagefind_dcd"
_CALL: Final = "findingLoaded"
"""The function of docs/assets/find.js to which every script of the index hands what it holds."""


class IndexingError(Exception):
    """Pagefind is not there, or did not do what it was asked."""


def write(site: Path, edition: Edition) -> None:
    """Index an edition, and the hand-written pages of its published site, into `site`. The same input gives the same bytes."""
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    records = [*search.records(edition), *sections(site)]
    (folder / "words").mkdir(parents=True)
    (folder / "index").mkdir()
    ids = dict[int, str]()
    for name, content in _indexed(records):
        if name.endswith(".pf_fragment"):  # Pagefind's copies of the words are folded and of no use to a reader; only their names are
            number = json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))["url"].strip("/")
            ids[int(number)] = Path(name).stem
        elif name == "pagefind.js":
            (folder / name).write_text(_plain(content.decode()), encoding="utf-8", newline="\n")
        elif name == "pagefind-entry.json" or name.endswith((".pf_index", ".pf_meta", ".unknown.pagefind")):
            (folder / name).write_bytes(content)
            _script(folder, name, base64.b64encode(content).decode())
    for number, record in enumerate(records):
        _script(folder, f"words/{ids[number]}", search.shown(edition, record))
    _script(folder, "table", search.table(edition, ((ids[number], record) for number, record in enumerate(records))))
    _script(folder, "names", search.names(edition))


def _indexed(records: list[search.Record]) -> Iterator[tuple[str, bytes]]:
    """Have Pagefind index the records, and yield each file that it makes.

    Its own interface for Python waits a tenth of a second after each record, and its program says that files are written before
    they are; so this speaks to the program itself, and has the files handed over.
    """
    program = get_executable()
    if program is None:
        raise IndexingError("the program of the package pagefind[bin] is missing")
    try:
        with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as service:
            try:
                files = _files(service, records)
            finally:
                service.kill()
    except OSError as error:
        raise IndexingError(f"Pagefind: {error.strerror}") from error
    for file in files:
        yield file["path"], base64.b64decode(file["content"])


def _files(service: subprocess.Popen[bytes], records: list[search.Record]) -> list[dict[str, str]]:
    made = _ask(service, type="NewIndex", config={"force_language": _LANGUAGE})["index_id"]
    for number, record in enumerate(records):
        _ask(service, type="AddRecord", index_id=made, url=str(number), content=record.content() or search.APART, language=_LANGUAGE)
    files: list[dict[str, str]] = _ask(service, type="GetFiles", index_id=made)["files"]
    return files


def _ask(service: subprocess.Popen[bytes], **payload: Any) -> dict[str, Any]:
    """Send a message and return the answer: both are JSON in base64, ended by a comma."""
    assert service.stdin is not None
    assert isinstance(service.stdout, io.BufferedReader)
    service.stdin.write(base64.b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b",")
    service.stdin.flush()
    answer = bytearray()
    while not answer.endswith(b","):
        answer += service.stdout.read1(65_536) or b","
    said: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]) or "{}").get("payload", {"type": "Error", "message": "Pagefind stopped"})
    if said["type"] == "Error":
        raise IndexingError(said["message"])
    return said


def _script(folder: Path, name: str, value: Any) -> None:
    """Write a value as a script that says its name and hands it over."""
    line = f"{_CALL}({json.dumps(name)},{json.dumps(value, ensure_ascii=False, separators=(',', ':'))})\n"
    (folder / f"{name}.js").write_text(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"), encoding="utf-8", newline="\n")


def _plain(module: str) -> str:
    """Return Pagefind's module as a plain script, which also runs from a disk: it hands over a function of what fetches files."""
    body, exported = module.rsplit("export{", 1)
    if "createInstance" not in exported or "import.meta.url" not in body:
        raise IndexingError("this version of Pagefind is not the one that requirements.in names")
    return f'{_CALL}("pagefind",function(fetch){{{body.replace("import.meta.url", chr(34) * 2)}return createInstance}})\n'


def sections(site: Path) -> Iterator[search.Record]:
    """Yield the hand-written pages of a published site, one part a section."""
    for path in sorted(site.glob("*.html")):
        article = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot().find(".//article")
        if path.name in ("404.html", "search.html") or article is None:
            continue
        title = " ".join((article.findtext(".//h1") or path.stem).split())
        parts, anchor, words = list[search.Part](), "", list[str]()
        for element in article.iterchildren():
            if element.get("id") and element.tag in ("h2", "h3"):
                parts.append(search.part(anchor, "", " ".join(" ".join(words).split())))
                anchor, words = element.get("id", ""), []
            words.append(" ".join(element.itertext()))
        parts.append(search.part(anchor, "", " ".join(" ".join(words).split())))
        yield search.Record(path.name, title, "page", ((), tuple(p for p in parts if p.folded)))
