"""What pages show at a glance, as values: the claims along a text, its chain of hands, who says which claim, facts to choose by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import drawings
from .edition import Edition, Note, Passage, Text
from .model import Claim, Event, Outlet, Status
from .render import STATUSES


def claims(text: Text) -> list[tuple[Note, Claim]]:
    """Return the notes of a text that are about a claim, each with its claim, in the order of the text."""
    return [(note, note.entry) for note in text.notes if isinstance(note.entry, Claim)]


def counts(text: Text) -> list[tuple[Status, int]]:
    """Return how many claims of a text have each status that occurs."""
    found = Counter(claim.status for _, claim in claims(text))
    return [(status, found[status]) for status in STATUSES if found[status]]


def strip(text: Text) -> list[tuple[Status, int, Markup]]:
    """Return (status, how many, drawing) for each status that occurs: where in the text its claims stand, by characters."""
    start, length = text.blocks[0].start, max(1, text.blocks[-1].end - text.blocks[0].start)
    places: dict[Status, list[float]] = {}
    for note, claim in claims(text):
        places.setdefault(claim.status, []).append((note.start - start) / length)
    return [(status, len(places[status]), drawings.lane(status, places[status])) for status in STATUSES if status in places]


def around(words: str, note: Note, room: int = 170) -> tuple[str, str, str]:
    """Return the words of a note, and words before and after them in their block that fill up `room` characters, cut between words."""
    start, end = note.block.start, note.block.end
    spare = max(0, room - (note.end - note.start))
    before, after = words[start : note.start], words[note.end : end]
    left = max(spare // 2, spare - len(after))
    right = spare - min(left, len(before))
    if len(before) > left:
        before = "… " + before[len(before) - left :].partition(" ")[2] if left else "…"
    if len(after) > right:
        after = after[:right].rpartition(" ")[0] + " …" if right else "…"
    return before, words[note.start : note.end], after


def tally(text: Text) -> Markup:
    """Return a sign for each claim of a text, or nothing if it has none."""
    return drawings.tally(found) if (found := counts(text)) else Markup("")


def chain(text: Text) -> Markup:
    """Return the drawing of the hands that a text passed through, ours the last."""
    nodes = [drawings.Node(hand.role, hand.hand, hand.certainty) for hand in text.file.chain]
    nodes.append(drawings.Node("edition", "This edition", "certain"))
    return drawings.chain(nodes, " ".join(f"{i}. {node.name}, {node.role}, {node.certainty}." for i, node in enumerate(nodes, 1)))


def timeline(dated: Sequence[tuple[str, Event | None, Text | None]]) -> Markup:
    """Return the drawing of a list of dated events and texts; nothing if the list is empty."""
    events = [date for date, event, _ in dated if event]
    texts = [(text.file.date.earliest, text.file.date.latest) for _, _, text in dated if text]
    if not dated:
        return Markup("")
    size = f"Number of events: {len(events)}; of texts: {len(texts)}; from {dated[0][0][:4]} to {dated[-1][0][:4]}."
    return drawings.timeline(events, texts, f"{size} The list under the picture has all of them, with their dates.")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, and where each outlet that makes it does so."""

    topic: str
    claim: Claim
    said: dict[str, tuple[Passage, ...]]
    """Outlet -> its passages, in reading order."""


def who_says_what(edition: Edition) -> tuple[list[Outlet], list[Row]]:
    """Return the outlets that make any claim, those with most claims first, and a row for each claim, in the order of the topics."""
    rows = []
    for topic, (_, listed) in edition.registers.topics.items():
        for claim in listed:
            said: dict[str, tuple[Passage, ...]] = {}
            for passage in edition.passages.get(("claim", claim.id), ()):
                said[passage.text.file.outlet] = (*said.get(passage.text.file.outlet, ()), passage)
            rows.append(Row(topic, claim, said))
    totals = Counter(outlet for row in rows for outlet in row.said)
    return [edition.registers.outlets[outlet] for outlet, _ in totals.most_common()], rows


def facets(edition: Edition) -> dict[str, list[tuple[str, int]]]:
    """Return what the texts can be chosen by: outlet, language, kind, status -> each value that occurs, and in how many texts."""
    texts = [text for _, text in edition.texts()]
    statuses = Counter[str](status for text in texts for status, _ in counts(text))
    return {
        "outlet": Counter[str](text.file.outlet for text in texts).most_common(),
        "language": Counter[str](text.file.language for text in texts).most_common(),
        "kind": Counter[str](text.file.form for text in texts).most_common(),
        "status": [(status, statuses[status]) for status in STATUSES if statuses[status]],
    }
