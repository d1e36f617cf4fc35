"""What the model is to write for a question: a statement that the product's own check lets through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.verification.verify import Verdict, verify
from rag.writing.short.prompt import ShortSentence
from training.declared import declared
from training.restate import last_clause, shortened
from training.statement import body
from vault.text.readable import readable
from vault.text.sentences import split_sentences

_SHORT, _LONGEST = 18, 40
"""Words of a sentence that is written as it stands although a part of it answers, and of any sentence."""
_MOST_SENTENCES = 2
_BRACKETS = str.maketrans("[]", "()")


def from_words(
    question: str, words: str | None, gold: ShortSentence, shown: Sequence[ShortSentence]
) -> str | None:
    """Return the answer that rests on the gold sentence and holds the words that answer, if they are known.

    A short sentence is written as it stands. Of a long one the first wins that the verifier finds there:
    question and answer as one statement, the clause that answers, the whole sentence. None if there is none
    that is short enough.
    """
    text = _line(gold.text)
    said = None if words is None else _line(words)
    for statement in _statements(question, said, text):
        if said is not None and said.lower() not in statement.lower():
            continue
        if len(statement.split()) <= _LONGEST and _carried(statement, gold, shown):
            return f"{statement} [{gold.number}]"
    return None


def from_answer(answer: str, shown: Sequence[ShortSentence]) -> str | None:
    """Return an answer that a person wrote, each of its sentences with the number of what carries it.

    None if the shown sentences do not carry one of its sentences, or it is long.
    """
    text = _line(answer)
    sentences = [text[start:end] for start, end in split_sentences(text)][:_MOST_SENTENCES]
    written = []
    for sentence in sentences:
        found = verify(sentence, [_line(one.text) for one in shown])
        if found.verdict is Verdict.UNSUPPORTED or len(sentence.split()) > _LONGEST:
            return None
        written.append(f"{_ended(sentence)} [{shown[found.sentences[0]].number}]")
    return " ".join(written) or None


def _statements(question: str, words: str | None, text: str) -> Iterator[str]:
    """Yield what may be written, best first."""
    whole = body(text)
    if len(whole.split()) > _SHORT and words is not None:
        said = declared(question, words)
        yield from filter(None, (said, last_clause(whole), shortened(whole)))
    yield _ended(whole)


def _carried(statement: str, gold: ShortSentence, shown: Sequence[ShortSentence]) -> bool:
    """Return whether the verifier finds the statement in the gold sentence and its neighbours."""
    near = [_line(one.text) for one in shown if abs(one.number - gold.number) <= 1]
    return verify(statement, near).verdict is not Verdict.UNSUPPORTED


def _line(text: str) -> str:
    return " ".join(readable(text).translate(_BRACKETS).split())


def _ended(sentence: str) -> str:
    """Return the sentence with a full stop, if nothing ends it."""
    bare = sentence.rstrip(" ,;:")
    return bare if bare.endswith((".", "!", "?", '."', ".”", ".)")) else f"{bare}."
