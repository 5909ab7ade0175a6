"""What editors write: one class per kind of YAML mapping, frozen, no field unknown.

A field's name here is the key in YAML, in docs/ and in the address of a page. Field docstrings are the reference;
docs/editors.md shows each of them in use.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id: lower-case letters and digits, parts joined by single hyphens. It stands in an address, so it never changes."""

Words = Annotated[
    str, BeforeValidator(lambda value: " ".join(value.split(" ")) if isinstance(value, str) else value), Field(min_length=1, pattern=r"\S")
]
"""Plain words of the editors: no markup. YAML's folding may be used."""

_DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def _calendar_date(value: str) -> str:
    """Return `value` if it is a year, a month or a day of the calendar; raise ValueError if not."""
    import datetime

    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError("not a date")
    if match[5]:
        datetime.date.fromisoformat(value)
    return value


Date = Annotated[str, AfterValidator(_calendar_date)]
"""ISO 8601: `2021`, `2021-01` or `2021-01-08`, as exact as is known."""

Status = Literal["supported", "partly", "contested", "unverified", "contradicted", "opinion"]
"""How a claim stands; the rule for each is in the editorial policy, section 3."""

Certainty = Literal["certain", "probable", "unknown"]

Side = Literal["axis", "us", "israel", "gulf", "iraq", "russia", "west", "none"]
"""Whose side of the conflicts in the texts a voice belongs to. `axis`: Iran, Hezbollah and their allies. `west`: another
Western government. `none`: no party to them."""

SourceKind = Literal["court-or-un", "government", "news-agency", "newspaper", "research", "reference", "advocacy", "party"]
"""What a cited work is, in the words of the editorial policy, section 5."""

BlockKind = Literal[
    "title",
    "subtitle",
    "byline",
    "paragraph",
    "heading",
    "subheading",
    "question",
    "answer",
    "quotation",
    "item",
    "verse",
    "signature",
    "infobox",
    "caption",
    "note",
]
"""What a line of a text is. `note`: words of the outlet, translator or blogger about the text, not of the text."""


Form = Literal["speech", "interview", "report", "commentary", "memorial", "encyclopedia", "announcement"]
"""What kind of text a text is, coarsely, so that readers can choose by it; `genre` says it exactly."""


class Written(BaseModel):
    """Base of all that editors write."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_selector(value: Any) -> Any:
    return {"quote": value} if isinstance(value, str) else value


class Selector(Written):
    """Words of a text, as in the W3C Web Annotation Data Model's TextQuoteSelector (its `exact` is our `quote`)."""

    quote: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""


Quote = Annotated[Selector, BeforeValidator(_as_selector)]
"""A selector; a bare string is short for its quote."""


def _as_citation(value: Any) -> Any:
    return {"work": value} if isinstance(value, str) else value


class Citation(Written):
    """A work, and the place in it."""

    work: Key
    at: Words | None = None
    """Page, paragraph or section."""


Cited = Annotated[Citation, BeforeValidator(_as_citation)]
"""A citation; a bare string is short for its work."""


class LeftOut(Selector):
    """Lines, or the beginning or end of a line, that are not printed in the running text."""

    times: int = Field(default=1, ge=1)
    """How often the quote stands in the seed as something to leave out. A text's `begins` does not count."""
    reason: Words


class TextEntry(Written):
    """One text of a seed, and where it begins. It ends where the next one begins."""

    id: Key
    begins: Quote


class SeedFile(Written):
    """`editorial/<seed>/seed.yml`: one raw file."""

    file: str = Field(pattern=r"^[\w.-][\w. -]*$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    title: Words
    about: Words
    """What kind of file this is, and how it is printed here."""
    outlet: Key
    """Who put the file's page on the web."""
    address: str | None = None
    """Printed, never linked: pages move, and some are seized."""
    captured: Words | None = None
    """When the copy was made, as far as is known."""
    texts: tuple[TextEntry, ...] = Field(min_length=1)
    left_out: tuple[LeftOut, ...] = ()
    unconfirmed: tuple[str, ...] = ()


class Dating(Written):
    """When a text was published, and how that is known."""

    shown: Words
    earliest: Date
    latest: Date | None = None
    certainty: Certainty
    why: Words


class Author(Written):
    """Somebody whose by-line a text has, as a bibliography names people."""

    family: Words
    """The part of the name that a list is ordered by; the whole name if it is one word or a pen name."""
    given: Words | None = None


class Hand(Written):
    """One step in the chain by which a text reached us."""

    hand: Words
    """Who: a name as the reader should see it."""
    role: Literal["speaker", "author", "interviewer", "outlet", "translator", "agency", "aggregator", "capture"]
    outlet: Key | None = None
    person: Key | None = None
    did: Words
    certainty: Certainty
    why: Words
    sources: tuple[Cited, ...] = ()


class Evidence(Written):
    """What a text is good evidence for, and what it is not."""

    good: Words
    not_good: Words


class Annotation(Written):
    """A note on the exact words of a text."""

    id: Key
    kind: Literal["claim", "context", "framing", "term", "person", "outlet", "organisation", "place", "translation", "textual"]
    quote: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""
    claim: Key | None = None
    term: Key | None = None
    person: Key | None = None
    outlet: Key | None = None
    organisation: Key | None = None
    place: Key | None = None
    note: Words | None = None
    sources: tuple[Cited, ...] = ()
    changed: Date | None = None
    """The day of its last change, if that is after the day on which the text was `revised`."""


class TextFile(Written):
    """`editorial/<seed>/<text>.yml`: one text."""

    title: Words
    """The source's headline where it has one, else the editors' in square brackets."""
    short: Words
    """A few words for lists and cards."""
    outlet: Key
    byline: Words
    """As printed, or the editors' 'unsigned'."""
    authors: tuple[Author, ...] = ()
    """Who is cited as author: the people whom the by-line names, or the speaker of a speech. Nobody if the text is unsigned."""
    language: Literal["en", "ar", "fa", "fr", "de", "es", "he"]
    genre: Words
    form: Form
    revised: Date
    """The day on which the notes of this text were last read through as a whole."""
    date: Dating
    speaking: Words
    """Who speaks in this text, in what office at the time."""
    evidence: Evidence
    chain: tuple[Hand, ...] = Field(min_length=1)
    headnote: Words | None = None
    advisory: Words | None = None
    notes_from: str | None = None
    """`<seed>/<text>` of a fuller or equal witness whose annotations are shown here too; then `annotations` stays empty."""
    every_line: BlockKind = "paragraph"
    """What a line is unless `blocks` says otherwise."""
    blocks: dict[BlockKind, tuple[Quote, ...]] = {}
    """Kind of block: words that stand in such lines, each once. In an infobox the quoted words are the row's label."""
    lost_references: Words | None = None
    """Given if marks such as [12] point to a list that the seed does not have: what is known of it."""
    annotations: tuple[Annotation, ...] = ()
    unconfirmed: tuple[str, ...] = ()


class TranslationFile(Written):
    """`editorial/<seed>/translations/<text>.<language>.yml`: a working translation by the editors, block by block."""

    text: Key
    language: Literal["en"]
    by: Words
    about: Words
    """What kind of translation it is."""
    blocks: dict[int, Words]
    """Number of a block -> its translation."""


class Correction(Written):
    """What was wrong, and what stands there now: one line of the corrections log."""

    date: Date
    where: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    """`<seed>/<text>`, `claims/<topic>`, `registers/<name>` or `comparisons/<id>`."""
    id: Key | None = None
    """The note, claim, entry or difference."""
    was: Words
    now: Words


class Claim(Written):
    """One assertion, whoever makes it, in our neutral words."""

    id: Key
    statement: Words
    status: Status
    known: Words
    """What is known, by whom, and how sure."""
    settle: Words | None = None
    """What would settle it."""
    sources: tuple[Cited, ...] = ()
    checked: Date


class ClaimFile(Written):
    """`editorial/registers/claims/<topic>.yml`."""

    topic: Words
    claims: tuple[Claim, ...]


class Outlet(Written):
    """Who publishes: a paper, channel, site, blog or wiki."""

    id: Key
    name: Words
    native: Words | None = None
    """The name in the outlet's own script."""
    affiliation: Words
    """Two to five words that go with the name wherever it stands."""
    country: Words
    what: Words
    owner: Words
    """Who owns, runs or funds it."""
    self_description: Words
    others: Words
    """What others say of it, and who they are."""
    reading: Words
    """What such a source is good evidence for, and what not."""
    side: Side
    address: str | None = None
    linked: bool = False
    """Whether the address may be a link. Never for a seized or listed site."""
    sources: tuple[Cited, ...] = Field(min_length=1)
    checked: Date


class Person(Written):
    """Somebody who speaks or is spoken of."""

    id: Key
    name: Words
    variants: tuple[Words, ...] = ()
    then: Words
    """Office or part played when the texts were written."""
    later: Words | None = None
    """What became of the person, with the date."""
    sources: tuple[Cited, ...] = Field(min_length=1)
    checked: Date


class Organisation(Written):
    """A state body, party, armed group or association."""

    id: Key
    name: Words
    variants: tuple[Words, ...] = ()
    what: Words
    listings: Words | None = None
    """Who lists it as a terrorist organisation and who does not, with dates."""
    sources: tuple[Cited, ...] = Field(min_length=1)
    checked: Date


class Place(Written):
    """A town, region, building or base."""

    id: Key
    name: Words
    variants: tuple[Words, ...] = ()
    what: Words
    """Where it is and what happened there, as far as the texts speak of it."""
    sources: tuple[Cited, ...] = Field(min_length=1)
    checked: Date


class Term(Written):
    """A word with a history."""

    id: Key
    name: Words
    variants: tuple[Words, ...] = ()
    meaning: Words
    use: Words
    """What it does in these texts."""
    sources: tuple[Cited, ...] = Field(min_length=1)
    checked: Date


class Event(Written):
    """Something that happened, for the timeline."""

    id: Key
    date: Date
    what: Words
    sources: tuple[Cited, ...] = Field(min_length=1)


def _as_passage(value: Any) -> Any:
    return None if value == "" else _as_selector(value)


Said = Annotated[Selector | None, BeforeValidator(_as_passage)]
"""Words of a text, or an empty string where the text has none."""


class Difference(Written):
    """A place where a translation says something else than what it was made from."""

    id: Key
    how: Literal["leaves-out", "adds", "renames", "changes"]
    """What the second text does with the first."""
    quotes: tuple[Said, ...]
    """For each text the words concerned; they stand once in the row's blocks of that text."""
    note: Words
    sources: tuple[Cited, ...] = ()


class ComparedRow(Written):
    """What stands side by side. A translation has `blocks` and `differences`, a quotation the rest."""

    blocks: tuple[tuple[int, ...], ...] | None = None
    """For each text the numbers of its blocks in this row."""
    differences: tuple[Difference, ...] = ()
    label: Words | None = None
    """What the row is about."""
    quotes: tuple[Said, ...] | None = None
    """For each text what it says of it."""
    note: Words | None = None
    """What each leaves out, adds or renames."""
    sources: tuple[Cited, ...] = ()


class ComparisonFile(Written):
    """`editorial/comparisons/<id>.yml`: texts, or passages of them, side by side."""

    title: Words
    kind: Literal["witnesses", "translation", "quotation"]
    """Two copies of one text, a text and its translation, or one saying or event in several texts."""
    about: Words
    """What is compared, why, and what comes out of it."""
    texts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")], ...] = Field(min_length=2)
    """`<seed>/<text>`, in the order of the columns."""
    rows: tuple[ComparedRow, ...] = ()
    """None for witnesses, which the engine compares itself."""


class Banned(Written):
    """A word that the editorial policy keeps out of the editors' own sentences. Between quotation marks it is somebody else's."""

    word: str = Field(min_length=1)
    instead: Words
    unless: str | None = None
    """Words one of which, in the same sentence, makes it right: `listed|designated`."""


class Start(Written):
    """The edition's own words on the first page; the rest of that page is written for any edition."""

    lead: Words
    """What these texts are, in two sentences."""
    before: Words | None = None
    """What a reader should know before beginning: what in the texts may hurt."""


class EditionFile(Written):
    """`editorial/edition.yml`."""

    title: Words
    subtitle: Words
    editors: tuple[Words, ...] = Field(min_length=1)
    licence: Words
    unlinked: tuple[str, ...] = ()
    """Hosts that were seized or are listed: an address there, or at a part of them, is printed and never a link."""
    banned: tuple[Banned, ...] = ()
    """Words that the editors do not use in their own voice."""
    contact: Words
    """Where corrections and requests for removal go."""
    issued: Date
    """When the edition in its present state came out; its year stands in citations."""
    report: str | None = Field(default=None, pattern=r"^(mailto:|https?://)\S+$")
    """Where "Report an error" leads; `{note}` stands for the address of the page and the note. Without it, to the page of corrections."""
    start: Start | None = None
    """Without it, the first page begins with the subtitle."""
