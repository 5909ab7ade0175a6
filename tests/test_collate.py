"""Collation loses nothing: the two witnesses come back from it, and only true differences are called variants."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from reading_edition.collate import Collation, collate


def blocks_of(words: str) -> list[tuple[int, int]]:
    """Return the lines of a text that have a word in them."""
    return [(line.start(), line.end()) for line in re.finditer(r"[^\n]*\w[^\n]*", words)]


def collated(first: str, second: str) -> Collation:
    """Return the collation of two texts whose lines are their blocks."""
    return collate(first, blocks_of(first), second, blocks_of(second))


def variants(found: Collation) -> list[tuple[str, str]]:
    """Return what each witness has in each variant."""
    a, b = found.tokens
    return [(" ".join(t.word for t in a[c.a : c.b]), " ".join(t.word for t in b[c.c : c.d])) for c in found.changes]


def test_the_kinds_of_variants() -> None:
    """Words left out, added and changed are found, in order."""
    found = collated("the old lamp burned for ten days", "the lamp burned bright for two days")
    assert variants(found) == [("old", ""), ("", "bright"), ("ten", "two")]
    assert (found.shapes, found.spacings) == ([], 0)


def test_signs_of_another_shape_are_no_variants() -> None:
    """Curly quotation marks and dashes are counted, each in its place; another sign is a variant."""
    found = collated('"It\'s" – he said.', "“It’s” - he said!")
    assert variants(found) == [(".", "!")]
    a, b = found.tokens
    assert [(a[i].word, b[j].word) for i, j in found.shapes] == [('"', "“"), ("'", "’"), ('"', "”"), ("–", "-")]


def test_white_space_is_counted() -> None:
    """A no-break space, two spaces and an empty line between blocks count once each, and are no variants."""
    found = collated("ten days and\xa0nights  here\nthe end", "ten days and nights here\n\xa0\nthe end")
    assert variants(found) == []
    assert found.spacings == 3


def test_rows_where_a_block_is_split_missing_or_added() -> None:
    """A block that is two in the other witness stands beside both; one that is missing stands alone, with a variant of its own."""
    found = collated("one two. three four.\nfive six\nseven\neight nine", "one two.\nthree four.\neight nine\nten")
    assert found.rows == [
        (range(1), range(2)),
        (range(1, 2), range(2, 2)),
        (range(2, 3), range(2, 2)),
        (range(3, 4), range(2, 3)),
        (range(4, 4), range(3, 4)),
    ]
    assert variants(found) == [("five six", ""), ("seven", ""), ("", "ten")]


def test_a_longer_heading_and_a_lost_line_are_two_variants() -> None:
    """Words added at the end of a block, and the next block lost, do not become one change across both."""
    found = collated("The lamp\nBy A. Writer\nIt burned.", "The lamp, again\nIt burned.")
    assert found.rows == [(range(1), range(1)), (range(1, 2), range(1, 1)), (range(2, 3), range(1, 2))]
    assert variants(found) == [("", ", again"), ("By A . Writer", "")]


def test_arabic_marks_belong_to_their_word() -> None:
    """A vowel sign is no token of its own; a word with other vowel signs is a variant as a whole."""
    found = collated("قال إنّ المرفأ", "قال إن المرفأ")
    assert variants(found) == [("إنّ", "إن")]


LINES = st.lists(st.lists(st.sampled_from(["a", "b", "c", ".", "'", "’"]), min_size=1, max_size=5).map(" ".join), max_size=5).map("\n".join)


@settings(deadline=None)
@given(LINES, LINES)
def test_both_witnesses_come_back(first: str, second: str) -> None:
    """Equal words and changes together are each witness, in order; every block stands in one row; no change reaches into two rows."""
    found = collated(first, second)
    (a, b), at_a, at_b = found.tokens, 0, 0
    for change in found.changes:
        assert change.a - at_a == change.c - at_b >= 0
        assert [t.word.replace("’", "'") for t in a[at_a : change.a]] == [t.word.replace("’", "'") for t in b[at_b : change.c]]
        assert (change.a, change.c) != (change.b, change.d)
        at_a, at_b = change.b, change.d
    assert [t.word.replace("’", "'") for t in a[at_a:]] == [t.word.replace("’", "'") for t in b[at_b:]]
    for column, text in enumerate((first, second)):
        ranges = blocks_of(text)
        assert [block for row in found.rows for block in row[column]] == list(range(len(ranges)))
        for change in found.changes:
            inside = found.tokens[column][change.a : change.b] if column == 0 else found.tokens[column][change.c : change.d]
            rows = {
                index
                for index, row in enumerate(found.rows)
                for block in row[column]
                for t in inside
                if ranges[block][0] <= t.start < ranges[block][1]
            }
            assert len(rows) <= 1


@settings(deadline=None)
@given(LINES)
def test_a_text_has_no_variants_to_itself(text: str) -> None:
    """The same words twice: no variant, no shape, no spacing, a row for each block."""
    found = collated(text, text)
    assert (found.changes, found.shapes, found.spacings) == ([], [], 0)
    assert len(found.rows) == len(blocks_of(text))
