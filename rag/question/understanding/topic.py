"""The topic of a question: what it asks about, without whom, when, where it stands and how it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.understanding.lexicon.titles import TITLES
from rag.question.understanding.understood import Intent
from vault.text.lists.stop_words import STOP_WORDS
from vault.text.words import words

_CURRENT = re.compile(
    r"\b(?:now(?!here)|current|currently|these days|nowadays|at the moment|at present|presently|"
    r"present(?= (?:dose|rent|"
    r"weight|medication|medicines|address|position|level))|still|right now|as things stand|in force|to date|"
    r"up[- ]to[- ]date|today)\b(?! and then)",
    re.I,
)
_MEMBER_OF_STAFF = re.compile(r"\bmembers? of (?:the |our )?staff\b", re.I)
_CURRENT_WORDS = "now current currently nowadays moment present presently still today days force".split()
_INTENT_WORDS = {
    Intent.LATEST: "latest last recent newest most",
    Intent.EARLIEST: "first earliest next initial",
    Intent.LIST: "list all every each name enumerate",
    Intent.COUNT: "number count times many often",
    Intent.SUM: "total totals sum altogether together add combined overall in all",
    Intent.AVERAGE: "average mean",
    Intent.HIGHEST: "highest higher peak greatest largest biggest maximum max more",
    Intent.LOWEST: "lowest lower smallest least minimum min less fewer nadir",
    Intent.DIFFERENCE: "difference by much many",
    Intent.DURATION: "days nights weeks months years hours long between number many",
    Intent.OVER_TIME: "trend time course development changed change developed history",
    Intent.COMPARISON: "compare comparison difference differences different differ changed versus vs between",
    Intent.DEFINITION: "define defined definition mean means meant meaning stand stands",
    Intent.SUMMARY: "summarise summarize summary overview outline gist nutshell",
}
_ASKING_WORDS = frozenset(
    "much many long old often please pls ref know one ones thing things yes whats whos wheres whens "
    "hows any get got "
    "mr mrs ms dr patient's there's lady gentleman name's".split()
)


def topic_of(text: str, taken: Sequence[tuple[int, int]], intent: Intent) -> tuple[str, ...]:
    """Return the content words of a question outside the places `taken`, each once, in order.

    Words that only ask ("list", "how many", "latest", "now") are left out.
    """
    asking = {*_INTENT_WORDS.get(intent, "").split(), *_ASKING_WORDS, *TITLES}
    if _MEMBER_OF_STAFF.search(text):
        asking.update(("member", "members", "staff"))
    if is_current(text):
        asking.update(_CURRENT_WORDS)
    blanked = list(text)
    for start, end in taken:
        blanked[start:end] = " " * (end - start)
    left = words("".join(blanked))
    return tuple(
        dict.fromkeys(
            word for word in left if word not in STOP_WORDS and word not in asking and len(word) > 1
        )
    ) or tuple(
        dict.fromkeys(word for word in left if len(word) == 1 and word.isalpha() and word not in "sta")
    )


def is_current(text: str) -> bool:
    """Return whether the question asks for what holds now: "now", "current", "these days", "still"."""
    return _CURRENT.search(text) is not None
