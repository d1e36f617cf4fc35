"""Find text that gives instructions to a language model, and warn the user who loads the file.

The patterns are narrow on purpose. Contracts mention "prior instructions" and parties who may disregard them;
an instruction to a model is an imperative at the beginning of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parsed.document import page_list
from vault.records import Page
from vault.text.readable import readable

_MODEL = (
    r"(?:an?\s+|the\s+|any\s+|all\s+)?"
    r"(?:AIs?\b|A\.I\.|LLMs?\b|(?:large\s+)?language\s+models?|chat\s?bots?|AI\s+\w+)"
)
_IGNORE_INSTRUCTIONS = re.compile(
    r"(?:^|[.!?:;)\]\"'“”>*#-]\s*|\b(?:please|must|now|and|important)[,:]?\s+)"
    r"(?:ignore|disregard|forget|override|bypass)\s+"
    r"(?:(?:all|any|every|each|the|these|those|your|my|of)\s+){0,3}"
    r"(?:previous|prior|above|preceding|earlier|foregoing|original|system|existing|other)\s+(?:\w+\s+){0,2}?"
    r"(?:instructions?|prompts?|directions?|directives?|rules|guidelines|commands?|context|messages?)\b",
    re.IGNORECASE,
)
_ADDRESSES_MODEL = re.compile(
    rf"\b(?:instructions?|notes?|messages?|attention|notice)\s+(?:to|for)\s+{_MODEL}"
    rf"|\b(?:you\s+are|act\s+as|behave\s+as|pretend\s+(?:to\s+be|you\s+are))\s+(?:now\s+)?{_MODEL}"
    rf"|\bif\s+you\s+are\s+{_MODEL}"
    r"|\b(?:reveal|print|repeat|output|show|disclose)\s+(?:me\s+)?(?:your|the)\s+(?:system|hidden|initial)\s+prompt"
    r"|(?:^|[.!?:]\s+)(?:new|updated|revised)\s+system\s+(?:instructions?|prompt)\b"
    r"|\bdo\s+not\s+(?:mention|reveal|tell|disclose|report)\s+(?:this|these|any\s+of\s+this)\b[^.]{0,40}\bto\s+the\s+user\b"
    r"|<\|(?:im_start|im_end|system|endoftext|begin_of_text|start_header_id)\|>|\[/?INST\]|<</?SYS>>"
    r"|(?:^|\s)#{2,}\s*(?:system|instruction)s?\s*:",
    re.IGNORECASE,
)


def instruction_warnings(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return a warning that names the pages with such text; empty if there are none."""
    found = [page.number for page in pages if any(map(_addresses_model, _element_texts(page)))]
    if not found:
        return ()
    return (
        f"Text that reads like instructions to a language model on page {page_list(found)}: it is treated "
        "only as text. Look at it before you rely on the document.",
    )


def _element_texts(page: Page) -> Iterator[str]:
    """Yield each element as one line, because only the start of a paragraph matters."""
    if not page.elements:
        yield readable(page.text)
    for element in page.elements:
        yield readable(page.text[element.start : element.end])


def _addresses_model(text: str) -> bool:
    """Return whether the text contains an instruction to a language model."""
    return _IGNORE_INSTRUCTIONS.search(text) is not None or _ADDRESSES_MODEL.search(text) is not None
