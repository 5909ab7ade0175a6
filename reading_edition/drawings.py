"""Draw what a page shows at a glance, as inline SVG. Values in, Markup out: nothing here knows an edition.

Each drawing is one line of text, so that Markdown passes it through whole. Colours and kinds of line are classes, which
docs/assets/pictures.css sets for light, dark and paper; what a drawing says, its page says in words too.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from .model import Certainty, Status

TICKS: Final[dict[Status, tuple[tuple[int, int], ...]]] = {
    "supported": ((0, 12),),
    "partly": ((6, 12),),
    "contested": ((0, 5), (7, 12)),
    "unverified": ((1, 3), (5, 7), (9, 11)),
    "contradicted": ((0, 3), (9, 12)),
    "opinion": ((4, 8),),
}
"""From where to where the strokes of a tick reach, in a lane that is 12 high: full, lower half, broken, dotted, ends, middle."""

SHAPES: Final[dict[Status, tuple[str, str]]] = {
    "supported": ("m0 4a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", ""),
    "partly": ("m4 0a4 4 0 0 0 0 8z", "m4 .6a3.4 3.4 0 0 1 0 6.8"),
    "contested": ("m4-.7l4.2 4.7l-4.2 4.7l-4.2-4.7z", ""),
    "unverified": ("", "m.6 4a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z"),
    "contradicted": ("", "m1 1l6 6m0-6l-6 6"),
    "opinion": ("", "m.6 .8h6.8l-3.4 6.6z"),
}
"""The signs, 8 wide and 8 high: what is filled, and what is only outlined."""

LANE: Final = 1000
"""Length of a lane, whatever its width on the page."""


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return ascending places moved as little as is needed to stand `gap` apart between `low` and `high`, in the same order.

    If there is no room for that, they stand as far apart as there is room for.
    """
    if len(places) > 1:
        gap = min(gap, (high - low) / (len(places) - 1))
    moved = list[float]()
    for place in places:
        moved.append(max(place, low, moved[-1] + gap) if moved else max(place, low))
    limit = high
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], limit)
        limit = moved[index] - gap
    return moved


def lane(status: Status, positions: Sequence[float]) -> Markup:
    """Return a line as long as a text with a tick at each position (0: its beginning, 1: its end; ascending)."""
    xs = spread([position * LANE for position in positions], 8, 4, LANE - 4)
    path = "".join(f"M{x:.0f} {top}V{bottom}" for x in xs for top, bottom in TICKS[status])
    return Markup(f'<svg class="lane" viewBox="0 0 {LANE} 12" preserveAspectRatio="none" aria-hidden="true"><path d="{path}"/></svg>')


def tally(counts: Iterable[tuple[Status, int]], per_row: int = 20) -> Markup:
    """Return as many shapes of each status as it has claims, one after the other in rows."""
    marks = [status for status, count in counts for _ in range(count)]
    full, open_ = list[str](), list[str]()
    for index, status in enumerate(marks):
        start = f"M{index % per_row * 11 + 1} {index // per_row * 12 + 2}"
        filled, outlined = SHAPES[status]
        full += [start + filled] if filled else []
        open_ += [start + outlined] if outlined else []
    width, height = min(len(marks), per_row) * 11, math.ceil(len(marks) / per_row) * 12
    drawn = "".join(f'<path class="{name}" d="{"".join(path)}"/>' for name, path in (("full", full), ("open", open_)) if path)
    return Markup(f'<svg class="tally" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">{drawn}</svg>')


@dataclass(frozen=True, slots=True)
class Node:
    """A hand in a chain."""

    role: str
    name: str
    certainty: Certainty


WIDTH: Final = 640
"""Width of the larger drawings; about that of a page's column, so that their letters have the size of letters."""
_NODES_A_ROW = 7
_LINE = 14
_EDGE = 26
"""Room beside a line of time, for half of a date."""
_NODE = 40
"""Where the middle of a node stands below the top of its row."""


def wrapped(words: str, width: int) -> list[str]:
    """Return words in lines of at most `width` characters. A word may stick out by two; one that is longer is cut."""
    lines = [""]
    for word in words.split():
        while len(word) > width + 2:
            if lines[-1]:
                lines.append("")
            lines[-1], word = word[:width], word[width:]
            lines.append("")
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def chain(nodes: Sequence[Node], said: str) -> Markup:
    """Return the hands that a text passed through, left to right and row by row. The line into a hand is as certain as its step.

    `said`: the same in words, for those who do not see it.
    """
    rows = math.ceil(len(nodes) / _NODES_A_ROW)
    per_row = math.ceil(len(nodes) / rows)
    slot = WIDTH / per_row
    names = [wrapped(node.name, int((slot - 6) / 6)) for node in nodes]
    tops, top = list[int](), 0
    for row in range(rows):
        tops.append(top)
        top += _NODE + 24 + _LINE * (max(map(len, names[row * per_row : (row + 1) * per_row])) + 1)
    places = [(slot * (index % per_row + 0.5), tops[index // per_row] + _NODE) for index in range(len(nodes))]
    links = [_link(before, after, node.certainty) for (before, after), node in zip(pairwise(places), nodes[1:], strict=True)]
    drawn = [_node(number, node, lines, *place) for number, (node, lines, place) in enumerate(zip(nodes, names, places, strict=True), 1)]
    return Markup(
        f'<svg class="drawn-chain" viewBox="0 0 {WIDTH} {top}" role="img" aria-labelledby="chain_title chain_desc">'
        f'<title id="chain_title">The chain of hands</title><desc id="chain_desc">{escape(said)}</desc>{"".join(links)}{"".join(drawn)}</svg>'
    )


def _link(before: tuple[float, float], after: tuple[float, float], certainty: Certainty) -> str:
    (x, y), (to, down) = before, after
    if y == down:
        return f'<path class="link {certainty}" d="M{x + 9:.0f} {y:.0f}H{to - 9:.0f}"/>'
    return f'<path class="link {certainty}" d="M{x + 9:.0f} {y:.0f}H{WIDTH - 2}V{down - _NODE + 6:.0f}H2V{down:.0f}H{to - 9:.0f}"/>'


def _node(number: int, node: Node, lines: list[str], x: float, y: float) -> str:
    half = f'<path class="half" d="M{x:.1f} {y - 8:.0f}a8 8 0 0 0 0 16z"/>' if node.certainty == "probable" else ""
    name = "".join(f'<text class="name" x="{x:.1f}" y="{y + 24 + _LINE * index:.0f}">{escape(line)}</text>' for index, line in enumerate(lines))
    return (
        f'<text class="role" x="{x:.1f}" y="{y - 15:.0f}">{number} · {escape(node.role)}</text>'
        f'<circle class="{node.certainty}" cx="{x:.1f}" cy="{y:.0f}" r="8"/>{half}{name}'
        f'<text class="sure" x="{x:.1f}" y="{y + 24 + _LINE * len(lines):.0f}">{node.certainty}</text>'
    )


def bounds(date: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a year, a month or a day (`2021`, `2021-01`, `2021-01-08`)."""
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 1
    if len(parts) == 3:
        return (day := datetime.date(year, month, parts[2])), day
    return datetime.date(year, month, 1), _month_end(year, month if len(parts) > 1 else 12)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)


Span = tuple[datetime.date, datetime.date]


def busiest(texts: Sequence[Span], whole: Span) -> Span | None:
    """Return the months in which three quarters of the texts appeared, closest together; None if a part need not be magnified.

    It need not where there are fewer than four texts, or where those months are a quarter of the whole time or more.
    """
    starts = sorted(start for start, _ in texts)
    many = math.ceil(len(starts) * 0.75)
    if len(starts) < 4:
        return None
    first, last = min(((starts[i], starts[i + many - 1]) for i in range(len(starts) - many + 1)), key=lambda span: span[1] - span[0])
    window = first.replace(day=1), _month_end(last.year, last.month)
    return window if (window[1] - window[0]) * 4 < whole[1] - whole[0] else None


def stacked(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return a level for each span, the lowest on which nothing that came before is in its way."""
    levels, free = list[int](), list[float]()
    for start, end in spans:
        level = next((index for index, right in enumerate(free) if right <= start), len(free))
        free[level:] = [end] if level == len(free) else [end, *free[level + 1 :]]
        levels.append(level)
    return levels


class _Scale:
    """Days on a line from `low` to `high`."""

    def __init__(self, whole: Span, low: float, high: float) -> None:
        self.whole, self.low, self.high = whole, low, high

    def __call__(self, day: datetime.date) -> float:
        length = (self.whole[1] - self.whole[0]).days + 1
        return self.low + (self.high - self.low) * min(1, max(0, (day - self.whole[0]).days / length))

    def clip(self, span: Span) -> tuple[float, float]:
        return self(span[0]), max(self(span[0]), self(span[1]))

    def has(self, span: Span) -> bool:
        return span[0] <= self.whole[1] and span[1] >= self.whole[0]


def timeline(events: Sequence[str], texts: Sequence[tuple[str, str | None]], said: str) -> Markup:
    """Return events (numbered, from 1) above and texts below one line of time, with its busiest months magnified under it.

    Each text is the date before which it cannot and, if it differs, after which it can hardly have appeared.
    """
    happened = [bounds(date) for date in events]
    published = [(bounds(first)[0], bounds(last or first)[1]) for first, last in texts]
    ends = [day for span in (*happened, *published) for day in span]
    whole = datetime.date(min(ends).year, 1, 1), datetime.date(max(ends).year, 12, 31)
    window = busiest(published, whole)
    scale = _Scale(whole, _EDGE, WIDTH - _EDGE)
    outside = [span for span in published if not (window and _Scale(window, 0, 1).has(span))]
    above, height = _numbered(scale, list(enumerate(happened, 1)))
    axis = height + 8
    dots, depth = _dots(scale, outside, axis + 26, 1)
    parts = [above.format(axis=axis), _axis(scale, axis, _years(whole)), dots]
    top = axis + 26 + depth
    if window:
        parts.insert(0, _lens(scale, window, axis, top + 6, len(published) - len(outside)))
        drawn, more = _magnified(window, happened, published, top + 6)
        parts.append(drawn)
        top += 6 + more
    return Markup(
        f'<svg class="drawn-time" viewBox="0 0 {WIDTH} {top}" role="img" aria-labelledby="time_title time_desc">'
        f'<title id="time_title">Events and texts in time</title><desc id="time_desc">{escape(said)}</desc>{"".join(parts)}</svg>'
    )


def _numbered(scale: _Scale, events: Sequence[tuple[int, Span]]) -> tuple[str, int]:
    """Return numbered circles on stems, with `{axis}` for the height of the line below them, and how high they stand."""
    xs = [scale(span[0]) for _, span in events]
    levels = stacked([(x - 9, x + 9) for x in xs])
    height = 20 * (max(levels, default=-1) + 1) + 4
    drawn = []
    for (number, _), x, level in zip(events, xs, levels, strict=True):
        y = height - 20 * level - 10
        drawn.append((level, f'<path class="stem" d="M{x:.1f} {y}V{{axis}}"/>', f'<circle class="event" cx="{x:.1f}" cy="{y}" r="8"/>', x, y, number))
    stems = "".join(stem for _, stem, _, _, _, _ in drawn)
    return stems + "".join(f'{circle}<text class="number" x="{x:.1f}" y="{y + 4}">{number}</text>' for _, _, circle, x, y, number in drawn), height


def _dots(scale: _Scale, spans: Sequence[Span], y: int, down: int) -> tuple[str, int]:
    """Return a dot for each text whose day is known and a bar for each other, stacked away from `y`, and how far they reach."""
    ordered = sorted(spans)
    places = [scale.clip(span) for span in ordered]
    levels = stacked([(start - 5, end + 6) for start, end in places])
    drawn = []
    for (start, end), level in zip(places, levels, strict=True):
        middle = y + down * 11 * level
        shape = f'<path class="span" d="M{start:.1f} {middle}H{end:.1f}"/>' if end - start > 1 else ""
        drawn.append(shape or f'<circle class="text" cx="{start:.1f}" cy="{middle}" r="4"/>')
    return "".join(drawn), 11 * (max(levels, default=-1) + 1)


def _axis(scale: _Scale, y: int, marks: Iterable[tuple[datetime.date, str]]) -> str:
    labels = "".join(
        f'<path class="axis" d="M{scale(day):.1f} {y}v5"/><text class="date" x="{scale(day):.1f}" y="{y + 17}">{name}</text>' for day, name in marks
    )
    return f'<path class="axis" d="M{scale.low:.0f} {y}H{scale.high:.0f}"/>{labels}'


def _years(whole: Span) -> list[tuple[datetime.date, str]]:
    first, last = whole[0].year, whole[1].year
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / step <= 8)
    return [(datetime.date(year, 1, 1), str(year)) for year in range(first, last + 1) if year % step == 0]


def _lens(scale: _Scale, window: Span, axis: int, top: int, count: int) -> str:
    """Return the way from the busiest months in the upper line down to the lower picture."""
    left, right = scale.clip(window)
    words = f'<text class="count" x="{left - 6:.1f}" y="{axis + 34}">{count} texts</text>'
    return f'<path class="lens" d="M{left:.1f} {axis - 4}H{right:.1f}V{axis + 4}L{WIDTH} {top}H0L{left:.1f} {axis + 4}z"/>{words}'


def _magnified(window: Span, happened: Sequence[Span], published: Sequence[Span], top: int) -> tuple[str, int]:
    """Return the busiest months, larger: events above, texts standing on the line; and how high all that is."""
    scale = _Scale(window, _EDGE, WIDTH - _EDGE)
    above, height = _numbered(scale, [(number, span) for number, span in enumerate(happened, 1) if scale.has(span)])
    inside = [span for span in published if scale.has(span)]
    _, tall = _dots(scale, inside, 0, -1)
    axis = height + tall + 12
    dots, _ = _dots(scale, inside, axis - 8, -1)
    drawn = above.format(axis=axis) + _axis(scale, axis, _months(window)) + dots
    return f'<path class="panel" d="M0 {top}h{WIDTH}v{axis + 26}H0z"/><g transform="translate(0 {top})">{drawn}</g>', axis + 26


def _months(window: Span) -> list[tuple[datetime.date, str]]:
    days, day = list[datetime.date](), window[0]
    while day <= window[1]:
        days.append(day)
        day = _month_end(day.year, day.month) + datetime.timedelta(1)
    step = math.ceil(len(days) / 8)
    return [(day, f"{day:%b %Y}") for day in days[::step]]
