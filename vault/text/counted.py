"""A number with its noun, which agree."""

from __future__ import annotations


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun; `nouns` is its plural where that is not the noun with an s.

    >>> counted(1, "page"), counted(1200, "page"), counted(0, "copy", "copies")
    ('1 page', '1,200 pages', '0 copies')
    """
    return f"{number:,} {agreeing(number, noun, nouns)}"


def agreeing(number: float, one: str, several: str = "") -> str:
    """Return the word that agrees with a number: `one`, or `several`, by default with an s.

    >>> agreeing(1, "it is", "they are"), agreeing(2, "it is", "they are"), agreeing(2, "page")
    ('it is', 'they are', 'pages')
    """
    return one if number == 1 else several or f"{one}s"
