"""Overlapping spans become nested tags that lose nothing. Spans are drawn, so that a test reads as a picture."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading_edition.weave import cut, escape, weave


def spans(*drawings: str) -> list[tuple[int, int]]:
    """Return the spans drawn as `  [---)`."""
    return [(drawing.index("["), drawing.index(")")) for drawing in drawings]


def woven(text: str, drawn: list[tuple[int, int]]) -> str:
    return weave(
        text,
        drawn,
        words=lambda words, first: words,
        opened=lambda i, first: f"<{i}{'' if first else '+'}>",
        closed=lambda i, last: f"</{i}{'' if last else '+'}>",
    )


def test_drawings_are_read() -> None:
    """The helper itself."""
    assert spans(" [--)", "[)") == [(1, 4), (0, 1)]


@pytest.mark.parametrize(
    ("drawings", "expected"),
    [
        (("[-----)",), "<0>abcdef</0>g"),
        (("[---)", "  [---)"), "<0>ab<1>cd</1+></0><1+>ef</1>g"),
        (("[-----)", " [--)"), "<0>a<1>bcd</1>ef</0>g"),
        ((" [--)", "[-----)"), "<1>a<0>bcd</0>ef</1>g"),
        (("[--)", "[--)"), "<0><1>abc</1></0>defg"),
        (("[--)", "   [--)"), "<0>abc</0><1>def</1>g"),
        (("[---)", " [---)", "  [---)"), "<0>a<1>b<2>cd</2+></1+></0><1+><2+>e</2+></1><2+>f</2>g"),
    ],
)
def test_spans_nest(drawings: tuple[str, ...], expected: str) -> None:
    """Cut at every boundary; outer spans are those that start first, then the longest, then the first given."""
    assert woven("abcdefg", spans(*drawings)) == expected


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 2), (0, 8)])
def test_a_span_that_does_not_fit_is_refused(span: tuple[int, int]) -> None:
    """An empty span, or one outside the string, is an error of ours."""
    with pytest.raises(ValueError, match="does not fit"):
        cut(7, [span])


@given(st.data())
def test_any_spans_nest_and_lose_nothing(data: st.DataObject) -> None:
    """Tags balance, the words come back, every character is inside exactly the spans that cover it, and each span begins once."""
    length = data.draw(st.integers(1, 30))
    drawn = data.draw(
        st.lists(st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(lambda p: (min(p[0], p[1] - 1), max(p[0] + 1, p[1]))), max_size=8)
    )
    text = "".join(chr(0x4E00 + i) for i in range(length))
    stack, at = list[int](), 0
    begun, ended = list[int](), list[int]()
    for token in re.findall(r"</?\d+\+?>|.", woven(text, drawn)):
        if token.startswith("</"):
            assert stack.pop() == int(token.strip("</+>"))
            if "+" not in token:
                ended.append(int(token.strip("</>")))
        elif token.startswith("<"):
            stack.append(int(token.strip("<+>")))
            if "+" not in token:
                begun.append(int(token.strip("<>")))
        else:
            assert token == text[at]
            assert sorted(stack) == [i for i, (start, end) in enumerate(drawn) if start <= at < end]
            at += 1
    assert not stack
    assert at == length
    assert sorted(begun) == sorted(ended) == list(range(len(drawn)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a*b_c", "a&#42;b&#95;c"),
        ("1. one", "1&#46; one"),
        ("- item", "&#45; item"),
        ("> quoted", "&#62; quoted"),
        ("a\u00a0b", "a&#160;b"),
        ('don\'t "quote" (it)', 'don\'t "quote" (it)'),
        ("“curly”", "&#8220;curly”"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp&#59;".replace("&#59;", ";")),
    ],
)
def test_marks_become_entities(words: str, expected: str) -> None:
    """Whatever Markdown could act on is written as a number; nothing else is touched."""
    assert escape(words) == expected
