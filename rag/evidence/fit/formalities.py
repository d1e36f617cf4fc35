"""Notice what says nothing: letterheads, salutations, identity lines, bare dates.

"Mrs A B, born 3 May 1950, number 12-345" shares every name with a question about her and answers none.
"""

from __future__ import annotations

import re
from collections.abc import Set

from vault.text.lists.stop_words import STOP_WORDS
from vault.text.readable import readable
from vault.text.words import stem, stems

_GREETING = re.compile(
    r"\W*(?:dear|to whom|hello|hi|good (?:morning|afternoon|evening)|yours|(?:with )?(?:kind|best|warm)\b"
    r"|regards|sincerely|signed|sent from|sehr geehrte\w*|liebe[rs]?|mit freundlichen|madame|monsieur"
    r"|cordialement)\b",
    re.I,
)
_MAIL = re.compile(
    r"^[>\s]*(?:(?:from|to|cc|bcc|sent|date|subject|von|an|betreff|gesendet|de|objet)\s*:|on .{6,80} wrote:"
    r"|am .{6,80} schrieb|le .{6,80} a écrit)",
    re.I | re.S,
)
"""The head of a mail, or of one that is quoted in it."""
_LONGEST_GREETING = 6
"""Words: more than a form of address follow."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MEASURED = re.compile(r"[£$€%]\s?\d|\d\s?(?:%|(?!(?:of|to|and)\b)[a-zµ/]{1,6}\b)")
"""A sum, share or quantity, which may be an answer by itself."""
_STATES = re.compile(r"\w\s+(?:is|are|was|were|has|had|will)\s+\w.*\.\s*$", re.S)
"""A whole sentence with a verb says something of somebody: "The driver was A B." """
_FIELD = re.compile(r"^[^:]{2,40}:(?=\s*\S)")
_IDENTITY = frozenset(
    stem(word)
    for word in """
    patient client name surname forename born birth dob date number no nhs hospital unit address tel telephone
    phone fax mail email page ref reference re our your mr mrs ms miss dr prof professor sir madam and of the
    aged age years sex male female ward bed
    """.split()
)
"""Words of lines that only say who somebody is."""


def says_nothing(text: str, asked: Set[str]) -> bool:
    """Return whether `text` is a greeting, or holds names, numbers and dates only.

    `asked` are the stems of what is asked about: a line that holds half of them may answer ("Consultant: Dr A
    B"), and so may a field whose name is among them ("Signed: A B").
    """
    words = _WORD.findall(readable(text))
    if _names_its_field(text, asked):
        return False
    if _GREETING.match(text) and len(words) <= _LONGEST_GREETING:
        return True
    if _MAIL.match(text):
        return not asked & {"from", "sent", "sender", "recipi", "cc", "mail", "email", "wrote", "subject"}
    if _MEASURED.search(text) or _STATES.search(text):
        return False
    stems = [stem(word.lower()) for word in words]
    if asked and 2 * len(asked & set(stems)) >= len(asked):
        return False
    for word, found in zip(words, stems, strict=True):
        # Chinese, Hebrew and Arabic have no capitals, so every word of theirs says something.
        if not word[0].isupper() and word.lower() not in STOP_WORDS and found not in _IDENTITY:
            return False
    return True


def _names_its_field(text: str, asked: Set[str]) -> bool:
    field = _FIELD.match(text)
    return field is not None and bool((stems(field[0]) - _IDENTITY) & asked)
