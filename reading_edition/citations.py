"""How a text of the edition is cited, in three styles, and as files for reference managers.

What is cited is a chapter of the edition that another published first: author, title, edition, text, and who published it when.
A style is asked once for each set of authors, with stand-ins for the rest. So ten thousand texts cost no more than ten, and a
headline is printed as it stands, which no style may respell. Outlet and affiliation stand in every form.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pypandoc
import rispy
from markupsafe import Markup

from .bibliography import BibliographyError
from .edition import Edition, Text, day
from .model import Author, EditionFile, Outlet
from .weave import escape

STYLES: Final = {
    "chicago": ("Chicago", "chicago-notes-bibliography"),
    "mla": ("MLA", "modern-language-association"),
    "apa": ("APA", "apa"),
}
"""Key -> what the reader sees, and the file in styles/. Chicago is a note; the others are an entry of a list and a reference to it."""

_FOLDER: Final = Path(__file__).parent / "styles"
_TITLE, _TEXT, _DATE, _VOICE, _PARAGRAPH = "Xqtitlex", "Xqtextx", "Xqdatex", "Xqvoicex", "77777"
"""Stand-ins. A style must take the last for a number."""

_HYPHEN: Final = "\ue000"
"""Stands for a hyphen in a name, at which pandoc would cut: al-Husseini."""

_CITED: Final = re.compile(r'<p><span class="citation" data-cites="(\w+)">(.*?)</span></p>', re.DOTALL)
_ENTRY: Final = re.compile(r'<div id="ref-(\w+)" class="csl-entry"[^>]*>\s*(.*?)\s*</div>', re.DOTALL)
_TAG: Final = re.compile(r"(</?em>)")
_SPAN: Final = re.compile(r"</?span[^<>]*>")
_YEAR: Final = re.compile(r"\b\d{4}\b", re.ASCII)
_DAY: Final = re.compile(r"\d{1,2} \w+ \d{4}")

Names = tuple[Author, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A text in one style."""

    style: str
    name: str
    entry: Markup
    before: str
    """Plain words before the number of a paragraph, where one is cited."""
    after: str
    """Plain words after it."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What a style makes of a set of authors, with stand-ins: HTML and plain words."""

    entry: str
    before: str
    after: str


def voice(outlet: Outlet) -> str:
    """Return an outlet with its affiliation, as they stand together everywhere."""
    return f"{outlet.name} ({outlet.affiliation})"


def published(text: Text) -> str:
    """Return when a text was published, as a citation says it: with "about" before a day that is not certain."""
    shown = text.file.date.shown.split(";")[0]
    if shown[:1] != shown[:1].lower() and shown.split()[0] not in _MONTHS:
        shown = shown[0].lower() + shown[1:]
    return f"about {shown}" if text.file.date.certainty != "certain" and _DAY.fullmatch(shown) else shown


_MONTHS: Final = {day(f"2000-{month:02}").split()[0] for month in range(1, 13)}


def cite(edition: Edition) -> dict[tuple[str, str], tuple[Citation, ...]]:
    """Return for each text of the edition its citation in each style. Raises BibliographyError if pandoc cannot write one."""
    texts = [text for _, text in edition.texts()]
    shapes = tuple(dict.fromkeys(text.file.authors for text in texts))
    forms = _forms(_whole(edition.file), _editors(edition.file), edition.file.issued, shapes) if shapes else {}
    return {text.key: tuple(_filled(style, forms[style, text.file.authors], edition, text) for style in STYLES) for text in texts}


def items(edition: Edition) -> dict[tuple[str, str], dict[str, Any]]:
    """Return for each text its CSL-JSON item."""
    return {text.key: _item(edition, text) for _, text in edition.texts()}


def bibtex(edition: Edition) -> dict[tuple[str, str], str]:
    """Return for each text its BibTeX entry. BibTeX knows no first publisher, so the outlet stands among the authors."""
    found = []
    for key, item in items(edition).items():
        authors = [{part: name.replace("-", _HYPHEN) for part, name in author.items()} for author in item.get("author", ())]
        kept = {part: f'<span class="nocase">{html.escape(item[part], quote=False)}</span>' for part in ("title", "container-title")}
        found.append((key, {**item, **kept, "author": [*authors, {"literal": item["original-publisher"]}]}))
    entries = _bibtex(json.dumps([item for _, item in found], ensure_ascii=False)) if found else ()
    if len(entries) != len(found):
        raise BibliographyError(f"pandoc wrote {len(entries)} BibTeX entries for {len(found)} texts")
    return {key: entry for (key, _), entry in zip(found, entries, strict=True)}


def ris(edition: Edition, text: Text) -> str:
    """Return a text as an entry of RIS. As in BibTeX, the outlet stands among the authors."""
    item = _item(edition, text)
    names = [f"{author.family}, {author.given or ''}".rstrip(" ") for author in text.file.authors]
    entry = {
        "type_of_reference": "CHAP",
        "id": item["id"],
        "authors": [*names, one_name(item["original-publisher"])],
        "title": item["title"],
        "secondary_title": item["container-title"],
        "secondary_authors": [name["literal"] for name in item.get("editor", ())],
        "year": edition.file.issued[:4],
        "date": edition.file.issued.replace("-", "/"),
        "number": item["number"],
        "original_publication": f"{item['original-publisher']}, {published(text)}",
        "notes": [item["note"]],
        "language": item["language"],
    }
    written: str = rispy.dumps([entry])
    return written[written.index("TY  - ") :]  # it begins with a count of entries


def one_name(name: str) -> str:
    """Return the name of a body so that reference managers do not cut it in two: no comma in it, and one at its end."""
    return name.replace(", ", " – ") + ","


def _whole(file: EditionFile) -> str:
    return f"{file.title}: {file.subtitle}"


def _editors(file: EditionFile) -> tuple[str, ...]:
    """Return the editors that a citation names: not one who is only named after the edition."""
    return tuple(name for name in file.editors if file.title not in name)


def _item(edition: Edition, text: Text) -> dict[str, Any]:
    outlet = edition.registers.outlets[text.file.outlet]
    dating = text.file.date
    original: dict[str, Any] = {"date-parts": [_parts(dating.earliest), *([_parts(dating.latest)] if dating.latest else [])]}
    if dating.certainty != "certain":
        original["circa"] = True
    item: dict[str, Any] = {
        "id": f"{text.seed}-{text.id}",
        "type": "chapter",
        "title": text.file.title,
        "author": _names(text.file.authors),
        "container-title": _whole(edition.file),
        "editor": [{"literal": name} for name in _editors(edition.file)],
        "issued": {"date-parts": [_parts(edition.file.issued)]},
        "original-date": original,
        "original-publisher": voice(outlet),
        "number": f"text {text.seed}/{text.id}",
        "language": text.file.language,
        "note": f"Text {text.seed}/{text.id}. First published by {voice(outlet)}, {published(text)}.",
    }
    return {field: value for field, value in item.items() if value != []}


def _parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]


def _names(authors: Names) -> list[dict[str, str]]:
    return [{"family": name.family, **({"given": name.given} if name.given else {})} if name.given else {"literal": name.family} for name in authors]


def _filled(style: str, form: _Form, edition: Edition, text: Text) -> Citation:
    outlet, file = edition.registers.outlets[text.file.outlet], text.file
    title = file.title.removesuffix(".")
    if style != "apa":
        title = title.translate(str.maketrans("“”", "‘’"))  # quotation marks within quotation marks
    date = published(text)
    if style == "apa":
        year = _YEAR.search(date)
        date = ("" if file.date.certainty == "certain" else "ca. ") + (year[0] if year else file.date.earliest[:4])
    words = {
        _TITLE: title,
        _TEXT: f"{text.seed}/{text.id}",
        _DATE: date,
        # brackets within brackets are square
        _VOICE: voice(outlet) if style == "mla" else voice(outlet).replace("(", "[").replace(")", "]"),
    }
    ended = title.endswith(("?", "!", "…"))

    def fill(form: str, put: dict[str, str]) -> str:
        if ended:
            form = form.replace(f"{_TITLE}.", _TITLE)
        return re.sub("|".join(put), lambda found: put[found[0]], form)

    safe = {key: escape(value, False) for key, value in words.items()}
    if file.language in ("ar", "fa", "he"):
        safe[_TITLE] = f'<bdi lang="{file.language}">{safe[_TITLE]}</bdi>'
    return Citation(style, STYLES[style][0], Markup(fill(form.entry, safe)), fill(form.before, words), fill(form.after, words))


@lru_cache(maxsize=2)
def _forms(whole: str, editors: tuple[str, ...], issued: str, shapes: tuple[Names, ...]) -> dict[tuple[str, Names], _Form]:
    """Return (style, authors) -> form, from one run of pandoc for each style. The last ones are kept, for a preview."""
    chapters: list[dict[str, Any]] = []
    for index, authors in enumerate(shapes):
        chapter = {
            "type": "chapter",
            "title": f'<span class="nocase">{_TITLE}</span>',
            "author": _names(authors),
            "container-title": whole,
            "editor": [{"literal": name} for name in editors],
            "issued": {"date-parts": [_parts(issued)[:1]]},
            "number": f"text {_TEXT}",
            "original-date": {"literal": _DATE},
            "original-publisher": _VOICE,
        }
        chapters += [{**chapter, "id": f"t{index}"}, {**chapter, "id": f"p{index}"}]  # cited as a whole, and in one place
    asked = "\n\n".join(f"[@t{index}]\n\n[@p{index}, para. {_PARAGRAPH}]" for index in range(len(shapes)))
    with ThreadPoolExecutor() as pool:
        answers = dict(zip(STYLES, pool.map(lambda style: _styled(style, json.dumps(chapters), asked), STYLES), strict=True))
    return {(style, authors): _form(answers[style], index) for style in STYLES for index, authors in enumerate(shapes)}


def _styled(style: str, chapters: str, asked: str) -> tuple[bool, dict[str, str], dict[str, str]]:
    """Return what a style prints: whether in notes, each id as it is cited, each id as the list has it."""
    words = (_FOLDER / f"{STYLES[style][1]}.csl").read_text(encoding="utf-8")
    # Each citation stands for itself, in whatever company a reader puts it; and a note is asked for as running text.
    words = re.sub(' (?:disambiguate|subsequent)-[a-z-]+="[^"]*"', "", words).replace('disambiguate="true"', 'variable="DOI"')  # which no text has
    words, notes = re.subn('class="note"', 'class="in-text"', words, count=1)
    with tempfile.TemporaryDirectory() as folder:
        csl, works = Path(folder) / "style.csl", Path(folder) / "works.json"
        csl.write_text(words, encoding="utf-8")
        works.write_text(chapters, encoding="utf-8")
        command = ["--from=markdown", "--to=html", "--wrap=none", "--citeproc", f"--csl={csl}", f"--bibliography={works}"]
        answer = _pandoc(command, asked)
    return bool(notes), dict(_CITED.findall(answer)), dict(_ENTRY.findall(answer))


def _form(answer: tuple[bool, dict[str, str], dict[str, str]], index: int) -> _Form:
    notes, cited, listed = answer
    entry = _plain_html((cited if notes else listed).get(f"t{index}", ""))
    place = _words(_plain_html(cited.get(f"p{index}", "")))
    place = place if notes else f"{_words(entry)} In text: {place}"
    before, number, after = place.partition(_PARAGRAPH)
    if not (number and all(part in entry for part in (_TITLE, _TEXT, _DATE, _VOICE))):
        raise BibliographyError(f"a style leaves out title, text, date, outlet or paragraph: {entry} {place}")
    return _Form(entry, before, after)


def _plain_html(entry: str) -> str:
    """Return an entry with pandoc's emphasis kept, its spans dropped and every word escaped for Markdown."""
    parts = _TAG.split(_SPAN.sub("", entry))
    return "".join(part if _TAG.fullmatch(part) else escape(html.unescape(part), False) for part in parts)


def _words(entry: str) -> str:
    return html.unescape(_TAG.sub("", entry))


@lru_cache(maxsize=2)
def _bibtex(works: str) -> tuple[str, ...]:
    written = _pandoc(["--from=csljson", "--to=bibtex", "--wrap=none"], works)
    # Without an editor pandoc writes @inbook, of which BibTeX's own styles do not print the book.
    return tuple(
        f"@incollection{entry.strip()}\n"
        for entry in re.split(r"^@in(?:book|collection)(?=\{)", written.replace(_HYPHEN, "-"), flags=re.MULTILINE)[1:]
    )


def _pandoc(options: list[str], words: str) -> str:
    done = subprocess.run([pypandoc.get_pandoc_path(), *options], input=words, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise BibliographyError(f"pandoc stopped: {done.stderr.strip()}")
    return done.stdout
