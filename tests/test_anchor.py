"""A quote is found exactly once, or it is said why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading_edition.anchor import Ambiguous, Found, Missing, find, find_all, fold

TEXT = "The harbour “burned” for ten\u00a0days – the council’s own   figure.\nThe harbour was old."


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("burned” for", "burned” for"),
        ('"burned" for ten days', "“burned” for ten\u00a0days"),
        ("days - the council's", "days – the council’s"),
        ("own figure.", "own   figure."),
        ("figure. The harbour", "figure.\nThe harbour"),
    ],
)
def test_a_quote_is_found_whatever_the_keyboard(quote: str, expected: str) -> None:
    """White space, quotation marks and dashes fold; the place returned is that of the source's own characters."""
    found = find(fold(TEXT), quote)
    assert isinstance(found, Found)
    assert TEXT[found.start : found.end] == expected


def test_letters_do_not_fold() -> None:
    """Case and letters count: a near miss is missing, and the nearest passage is shown."""
    result = find(fold(TEXT), "The harbor “burned” for two days")
    assert isinstance(result, Missing)
    assert "harbour “burned” for" in result.nearest
    assert TEXT[result.at :].startswith(result.nearest)


def test_equal_passages_are_told_apart() -> None:
    """A quote that stands twice is ambiguous until a prefix or a suffix decides."""
    assert find(fold(TEXT), "The harbour") == Ambiguous((0, TEXT.rindex("The harbour")))
    assert find(fold(TEXT), "The harbour", suffix=" was") == Found(TEXT.rindex("The harbour"), TEXT.rindex("The harbour") + 11)
    assert find(fold(TEXT), "The harbour", prefix="figure. ") == Found(TEXT.rindex("The harbour"), TEXT.rindex("The harbour") + 11)


def test_a_search_stays_in_its_text() -> None:
    """Nothing is found before `start` or beyond `end`."""
    assert find(fold(TEXT), "The harbour", start=5) == Found(TEXT.rindex("The harbour"), TEXT.rindex("The harbour") + 11)
    assert isinstance(find(fold(TEXT), "was old", end=len(TEXT) - 3), Missing)


def test_an_empty_quote_is_found_nowhere() -> None:
    """White space alone is no quote."""
    assert find_all(fold(TEXT), "  ") == []


@given(st.text(), st.text(min_size=1, max_size=8), st.text())
def test_every_stretch_is_found_where_it_stands(before: str, quote: str, after: str) -> None:
    """Whatever is cut out of a text is found there again."""
    text = before + quote + after
    if not fold(quote).string.strip(" "):
        return
    places = find_all(fold(text), quote)
    inner = quote.strip(" \t\n\r\f\v\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000")
    start = len(before) + quote.index(inner)
    assert Found(start, start + len(inner)) in places


@given(st.text(alphabet=" \t\n\u00a0ab“"))
def test_folding_keeps_the_way_back(text: str) -> None:
    """Each folded character leads back to one that folds to it."""
    folded = fold(text)
    for offset, character in enumerate(folded.string):
        assert fold(text[folded.back(offset)]).string == character
