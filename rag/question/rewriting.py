"""Let a language model make a follow-up stand alone, with the words of the conversation only.

The rules (`rag/question/understanding/followups.py`) come first. Where they find no way, a model may rewrite
the question, within bounds: it cannot ask something that nobody asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.turn import Turn
from vault.text.words import content_words, stem

INSTRUCTION = (
    "Rewrite the last question so that it can be understood without the conversation. Use only words of the "
    "conversation. Write the question and nothing else."
)
_POINTING = "it its they them their theirs this that these those he him his she her hers".split()
_LEAD = re.compile(r"^\s*(?:and|but|or|also|then|so)\b[\s,]*|^\s*(?:what|how) about\b\s*", re.I)
_LONGEST_REWRITE = 400
"""Characters."""


def is_safe_rewrite(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Return whether a model's rewrite may be searched.

    It must be one question, use only words of the conversation, and keep the words of the question itself.
    """
    text = rewritten.strip()
    if not text.endswith("?") or "\n" in text or len(text) > _LONGEST_REWRITE:
        return False
    conversation = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    known = {stem(word) for word in content_words(conversation)}
    used = {stem(word) for word in content_words(text)}
    own = {stem(word) for word in content_words(_LEAD.sub("", question, count=1))}
    own -= {stem(word) for word in _POINTING}
    return used <= known and own <= used
