"""unstructured, made ready to work without any network: what every format that uses it imports first."""

from __future__ import annotations

from functools import cache

import spacy
from unstructured.nlp import tokenize


@cache
def prepare() -> None:
    """Give unstructured a sentence splitter of its own making and load its parsers (seconds, once).

    It would otherwise download a language model on first use. Without part-of-speech tags its guesses
    of what is a title are poor: headings are taken from styles and tags alone.
    """
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    tokenize._get_nlp = lambda: pipeline
    from unstructured.partition.html import partition_html

    partition_html(text="<p>Ready.</p>", languages=["eng"])
