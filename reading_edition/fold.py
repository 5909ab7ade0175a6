"""Words as the search compares them: one form for all the spellings of a word that a reader may type.

`docs/assets/find.js` does the same to what a reader types; a test compares the two. A token is a run of letters and digits.
Hyphens part words; an apostrophe between letters does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_APOSTROPHES: Final = "'’‘`´ʼʾʿʻ′"
_JOINERS: Final = "\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width that stand inside words: soft hyphen, (non-)joiners, marks of direction."""

_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("ٱ", "ا"),
        **dict.fromkeys("ىیےې", "ي"),
        **dict.fromkeys("کڪگ", "ك"),
        **dict.fromkeys("ةەہھۃ", "ه"),
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "ڤ": "ف",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "ł": "l",
        "ς": "σ",
        **dict.fromkeys("ءـۥۦ", ""),
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    }
)
"""Letters that are one to a reader who searches. Hamza is dropped: above and below its carriers it is a mark already."""

_GOD: Final = re.compile("[وف]?(?:[بكت]?ال|ل)ل(هم?)")
_ARTICLE: Final = re.compile("[وف]?(?:[بك]?ال|لل)(?=..)")
_PREFIX: Final = re.compile("[وفبكل](?=...)|س(?=[يتنا]...)")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return what a token looks like. Python's expressions know no marks, so they are listed, once, when they are needed."""
    marks = "".join(chr(code) for code in range(0x300, 0xE01F0) if unicodedata.category(chr(code)).startswith("M"))
    inside = rf"(?:[^\W_{_APOSTROPHES}]|[{marks}{_JOINERS}])"
    return re.compile(rf"[^\W_{_APOSTROPHES}]{inside}*(?:[{_APOSTROPHES}]+{inside}+)*")


class Token(NamedTuple):
    """A word, where it stands (half-open, in code points), and its folded form."""

    start: int
    end: int
    folded: str


def tokens(words: str) -> list[Token]:
    """Return the words in `words`, in their order.

    >>> [token.folded for token in tokens("Iran's al-Qurʾān: وَالقُدْسِ")]
    ['iran', 'al', 'quran', 'قدس']
    """
    return [Token(match.start(), match.end(), folded) for match in _pattern().finditer(words) if (folded := fold(match[0]))]


@lru_cache(maxsize=262_144)
def fold(word: str) -> str:
    """Return the one form of a word: no marks, no case, no possessive 's; Arabic letters in one form each and without prefixes."""
    letters = unicodedata.normalize("NFKD", re.sub(rf"[{_APOSTROPHES}]+[sS]$", "", word))
    plain = "".join(letter for letter in letters.lower().translate(_LETTERS) if letter.isalnum() and letter not in _APOSTROPHES)
    return _unprefixed(plain) if "\u0620" <= plain[:1] <= "\u06d5" else plain


def _unprefixed(word: str) -> str:
    """Return an Arabic word without the article, and without the letters for and, so, in, as, to and will, as long as a word is left.

    A letter that looks like a prefix is taken off every word, so that any word has one form with all its prefixes.
    """
    if god := _GOD.fullmatch(word):
        return "الل" + god[1]
    while (article := _ARTICLE.match(word)) or (article := _PREFIX.match(word)):
        word = word[article.end() :]
    return word
