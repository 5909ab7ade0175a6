"""What is drawn at build time: geometry, order, escaping; and the values that it is drawn from."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reading_edition import drawings, glance
from reading_edition.assemble import assemble
from reading_edition.edition import Block, Edition, Note
from reading_edition.model import Annotation, Status
from reading_edition.render import STATUSES

STATUS = st.sampled_from(sorted(STATUSES))
CERTAINTY = st.sampled_from(["certain", "probable", "unknown"])
NAME = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=80).filter(str.strip)
POSITIONS = st.lists(st.floats(0, 1), min_size=1, max_size=150).map(sorted)
DAY = st.dates(datetime.date(1900, 1, 1), datetime.date(2090, 12, 31))


@pytest.fixture(scope="module", params=["tests/mini", "."])
def edition(request: pytest.FixtureRequest) -> Edition:
    """The mini edition, and the real one, in which an outlet makes a claim more than once."""
    found = assemble(ROOT / request.param)
    assert isinstance(found, Edition)
    return found


def parsed(svg: str) -> etree._Element:
    """Return a drawing as XML; it is one line, so that Markdown leaves it alone."""
    assert "\n" not in svg
    return etree.fromstring(svg)


def ticks(svg: str) -> list[float]:
    """Return the places of the ticks of a lane, in the order in which they are drawn."""
    return [float(x) for x in dict.fromkeys(re.findall(r"M(\S+) ", parsed(svg)[0].get("d", "")))]


@given(STATUS, POSITIONS)
def test_a_lane_has_one_tick_for_each_claim_inside_its_box_and_in_order(status: Status, positions: list[float]) -> None:
    """As many ticks as claims, none lost in another, none cut off at an end, and in the order of the text."""
    found = ticks(drawings.lane(status, positions))
    assert len(found) == len(positions)
    assert found == sorted(found)
    assert found[0] >= 2
    assert found[-1] <= drawings.LANE - 2


@given(st.lists(st.floats(0, 1), min_size=100, max_size=100).map(sorted))
def test_a_hundred_claims_stand_apart(positions: list[float]) -> None:
    """On a phone a lane is about 290 pixels long; even a hundred ticks in one are two pixels from each other."""
    found = ticks(drawings.lane("partly", positions))
    assert min(b - a for a, b in pairwise(found)) * 290 / drawings.LANE >= 2


def test_ticks_stand_where_the_claims_are() -> None:
    """At the beginning, a quarter and the end; a tick that has room is not moved."""
    assert ticks(drawings.lane("supported", [0, 0.25, 1])) == [4, 250, 996]


@given(POSITIONS, st.floats(0, 0.2))
def test_spreading_keeps_order_bounds_and_gap(places: list[float], gap: float) -> None:
    """What is spread stays in order and between the bounds, and has the gap if there is room for it."""
    moved = drawings.spread(places, gap, 0, 1)
    assert len(moved) == len(places)
    assert min(moved) >= -1e-9
    assert max(moved) <= 1 + 1e-9
    room = min(gap, 1 / (len(places) - 1)) if len(places) > 1 else 0
    assert all(b - a >= room - 1e-9 for a, b in pairwise(moved))


def test_each_status_has_its_own_tick_and_shape() -> None:
    """No status is told from another by colour: ticks and shapes differ in form, and there is one for each."""
    assert set(drawings.TICKS) == set(drawings.SHAPES) == set(STATUSES)
    assert len(set(drawings.TICKS.values())) == len(set(drawings.SHAPES.values())) == len(STATUSES)


@given(st.dictionaries(STATUS, st.integers(1, 40), min_size=1))
def test_a_tally_has_one_sign_for_each_claim(counts: dict[Status, int]) -> None:
    """Every claim is there once, in its own place; a sign of two parts has both in one place."""
    svg = parsed(drawings.tally(counts.items()))
    places = re.findall(r"M(\d+) (\d+)", "".join(path.get("d", "") for path in svg))
    assert len(set(places)) == sum(counts.values())
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    assert all(int(x) + 8 <= width and int(y) + 8 <= height for x, y in places)


@given(NAME, st.integers(1, 30))
def test_wrapping_loses_no_letter(words: str, width: int) -> None:
    """Lines hold all the words in order, none longer than its width and two."""
    lines = drawings.wrapped(words, width)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(0 < len(line) <= width + 2 for line in lines)


@given(st.lists(st.builds(drawings.Node, st.just("outlet"), NAME, CERTAINTY), min_size=1, max_size=12))
def test_a_chain_has_every_hand_and_every_word(nodes: list[drawings.Node]) -> None:
    """A node for each hand, a line into each but the first, in its certainty; names whole and escaped; nothing outside the box."""
    svg = parsed(drawings.chain(nodes, "<said>"))
    circles = svg.findall("circle")
    assert [circle.get("class") for circle in circles] == [node.certainty for node in nodes]
    links = [path.get("class") for path in svg.findall("path") if str(path.get("class")).startswith("link")]
    assert links == [f"link {node.certainty}" for node in nodes[1:]]
    written = "".join(str(text.text) for text in svg.findall("text") if text.get("class") == "name")
    assert "".join(written.split()) == "".join("".join(node.name.split()) for node in nodes)
    assert svg.findtext("desc") == "<said>"
    _, _, width, height = map(float, str(svg.get("viewBox")).split())
    for element in (*circles, *svg.findall("text")):
        x, y = (float(element.get("cx") or element.get("x") or -1), float(element.get("cy") or element.get("y") or -1))
        assert 8 <= x <= width - 8
        assert 8 <= y <= height - 2


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2021", "2021-01-01", "2021-12-31"), ("2020-02", "2020-02-01", "2020-02-29"), ("2020-12", "2020-12-01", "2020-12-31"), ("2021-01-08",) * 3],
)
def test_bounds_of_a_date(date: str, first: str, last: str) -> None:
    """A year and a month are as long as the calendar makes them."""
    assert tuple(day.isoformat() for day in drawings.bounds(date)) == (first, last)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)).map(lambda pair: (pair[0], sum(pair))), max_size=40).map(sorted))
def test_nothing_stacked_covers_another(spans: list[tuple[float, float]]) -> None:
    """Two spans on one level do not overlap."""
    levels = drawings.stacked(spans)
    for level in set(levels):
        row = [span for span, at in zip(spans, levels, strict=True) if at == level]
        assert all(before[1] <= after[0] for before, after in pairwise(row))


@given(st.lists(DAY, max_size=20), st.lists(st.tuples(DAY, st.integers(0, 400)), min_size=1, max_size=40))
def test_a_timeline_has_every_event_and_every_text(events: list[datetime.date], texts: list[tuple[datetime.date, int]]) -> None:
    """Each event has its number, each text a dot or a bar, inside the box, whatever the dates."""
    dates = sorted(day.isoformat() for day in events)
    spans = [(day.isoformat(), (day + datetime.timedelta(days)).isoformat() if days else None) for day, days in texts]
    svg = parsed(drawings.timeline(dates, spans, "said"))
    numbers = {str(text.text) for text in svg.iter() if text.get("class") == "number"}
    assert numbers == {str(number) for number in range(1, len(events) + 1)}
    drawn = [element for element in svg.iter() if element.get("class") in ("text", "span")]
    assert len(drawn) == len(texts)
    for element in svg.iter():
        if element.get("cx"):
            assert 0 <= float(element.get("cx", -1)) <= drawings.WIDTH
        if element.get("class") == "span":
            start, end = element.get("d", "")[1:].split(" ")[0], element.get("d", "").rpartition("H")[2]
            assert 0 <= float(start) < float(end) <= drawings.WIDTH


def test_the_busiest_months_are_found_in_the_dates() -> None:
    """Three quarters of the texts within two months of thirty years: those months; texts far apart, or few of them: none."""
    whole = datetime.date(1990, 1, 1), datetime.date(2019, 12, 31)
    days = [datetime.date(2015, 3, 20), datetime.date(2015, 4, 2), datetime.date(2015, 4, 9), datetime.date(1991, 1, 1)]
    near = [(day, day) for day in days]
    assert drawings.busiest(near, whole) == (datetime.date(2015, 3, 1), datetime.date(2015, 4, 30))
    assert drawings.busiest(near[1:], whole) is None
    apart = [(day, day) for day in (datetime.date(year, 1, 1) for year in range(1990, 2020, 3))]
    assert drawings.busiest(apart, whole) is None


def test_words_around_a_note() -> None:
    """The words of the note whole, words before and after them cut between words, as many as there is room for."""
    words = "before it " * 30 + "THE VERY WORDS" + " after it" * 30
    start = words.index("THE")
    note = Note(Annotation(id="n", kind="framing", quote="-"), 1, start, start + 14, Block(1, "paragraph", 0, len(words)), None)
    before, said, after = glance.around(words, note, 60)
    assert (before, said, after) == ("… before it before it ", "THE VERY WORDS", " after it after it …")
    whole = Note(note.annotation, 1, 300, 314, Block(1, "paragraph", 290, 323), None)
    assert glance.around(words, whole, 60) == ("before it ", "THE VERY WORDS", " after it")


def test_who_says_what_is_what_the_notes_say(edition: Edition) -> None:
    """Each claim is a row; an outlet is in it with exactly those passages that its texts have; no other outlet is a column."""
    outlets, rows = glance.who_says_what(edition)
    assert [row.claim.id for row in rows] == list(edition.registers.claims)
    assert {outlet.id for outlet in outlets} == {outlet for row in rows for outlet in row.said}
    for row in rows:
        passages = [passage for found in row.said.values() for passage in found]
        assert sorted(p.text.id for p in passages) == sorted(p.text.id for p in edition.passages[("claim", row.claim.id)])
        assert all(passage.text.file.outlet == outlet for outlet, found in row.said.items() for passage in found)


def test_facts_to_choose_by_are_counted_over_texts(edition: Edition) -> None:
    """Each fact adds up to all texts, and a status counts the texts that have it, not its claims."""
    texts = [text for _, text in edition.texts()]
    facets = glance.facets(edition)
    for name in ("outlet", "language", "kind"):
        assert sum(count for _, count in facets[name]) == len(texts)
    for status, count in facets["status"]:
        assert count == sum(1 for text in texts if any(claim.status == status for _, claim in glance.claims(text)))


def test_the_strip_counts_every_claim_once(edition: Edition) -> None:
    """The lanes of a text have as many ticks as the text has notes on claims, each in the lane of its status."""
    for _, text in edition.texts():
        lanes = glance.strip(text)
        assert [(status, count) for status, count, _ in lanes] == glance.counts(text)
        assert sum(count for _, count, _ in lanes) == sum(len(ticks(drawn)) for _, _, drawn in lanes) == len(glance.claims(text))
