"""Measure what the check of every sentence lets through and what it loses.

    python -m bench.verification [--corpus CORPUS.jsonl.gz] [--edits 1000]
    python -m bench.verification --guards
    python -m bench.verification --without GUARD

The first command prints the confusion matrix of the hand-written pairs in tests/rag/verification, the share
of false statements that were found supported and the share of true ones that were kept: without the reader,
and with it unless `INCAMERA_READER=off`. With a corpus (a `text` in each line) it also edits sentences of
the corpus as a model might get them wrong (a "not" dropped or added, a number changed, two numbers or
parties exchanged, shall and may, before and after, days and months) and checks them against the text that
they stood in. Edits that change nothing ("shall" to "must", a remark in brackets left out) should be kept.
What is judged wrongly goes to stderr.

The second prints what each guard catches on the pairs, and the third the confusion matrix without one
guard, with the false statements that it then lets through on stderr. Both use the pairs of a statement and
sentences only, not those that test citations.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.sentence_edits import edits, harmless
from rag.verification.guards.guard import Guard
from rag.verification.guards.registry import GUARDS
from rag.verification.text.tokens import Tokens
from rag.verification.verify import Judge, Verdict, verify
from rag.writing.checking import judge_of
from tests.verification import PAIRS, verdicts, verifications
from ui.services.services import configured_reader
from vault.settings import Settings
from vault.text.readable import readable
from vault.text.sentences import split_sentences


def main() -> None:
    """Print the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, help="JSONL, gzipped or not, with a `text` in each line")
    parser.add_argument("--edits", type=int, default=1000, help="how many edited sentences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guards", action="store_true", help="print what each guard catches")
    parser.add_argument("--without", metavar="GUARD", choices=[guard.name for guard in GUARDS])
    chosen = parser.parse_args()
    if chosen.guards:
        print("\n".join(guards_table()))
    elif chosen.without is not None:
        print("\n".join(table_without(chosen.without)))
    else:
        print("\n".join(pairs_table()))
        reader = configured_reader(Settings.load())
        if reader is not None:
            print("\nWith the reader:\n\n" + "\n".join(pairs_table(judge_of(reader))))
        if chosen.corpus is not None:
            print("\n" + "\n".join(edits_table(chosen.corpus, chosen.edits, chosen.seed)))


def pairs_table(judge: Judge | None = None) -> list[str]:
    """Return the confusion matrix of all pairs, and the two shares that count."""
    return _confusion((pair["verdict"], verdict) for pair, verdict in verdicts(judge))


def table_without(name: str) -> list[str]:
    """Return the confusion matrix without the guard of that name; report what it lets through."""
    found = list(verifications([guard for guard in GUARDS if guard.name != name]))
    for pair, verification in found:
        if pair["verdict"] == Verdict.UNSUPPORTED != verification.verdict:
            print(f"{pair['says']}\n    {' '.join(pair['from'])}", file=sys.stderr)
    return _confusion((pair["verdict"], verification.verdict) for pair, verification in found)


def guards_table() -> list[str]:
    """Return what each guard does on the pairs.

    The columns: false statements whose verdict names it, false statements that are supported without it, and
    true statements that are kept without it.
    """
    named, supported, kept = Counter[str](), Counter[str](), Counter[str]()
    denying: set[str] = set()
    observed = [_observed(guard, denying) for guard in GUARDS]
    for pair in PAIRS:
        denying.clear()
        found = verify(pair["says"], pair["from"], guards=observed)
        if found.verdict is not Verdict.UNSUPPORTED:
            continue
        false = pair["verdict"] == Verdict.UNSUPPORTED
        named[found.guard] += false
        for name in denying:
            others = [guard for guard in GUARDS if guard.name != name]
            if verify(pair["says"], pair["from"], guards=others).verdict is not Verdict.UNSUPPORTED:
                (supported if false else kept)[name] += 1
    return [
        "| guard | what it demands | named | supported without it | true, lost to it |",
        "| --- | --- | ---: | ---: | ---: |",
        *(
            f"| {guard.name} | {guard.rule} | {named[guard.name]} | {supported[guard.name]} "
            f"| {kept[guard.name]} |"
            for guard in GUARDS
        ),
    ]


def _observed(guard: Guard, denying: set[str]) -> Guard:
    """Return the guard with a check that adds its name to `denying` when it denies support."""

    def check(statement: Tokens, passage: Tokens) -> str | None:
        reason = guard.check(statement, passage)
        if reason is not None:
            denying.add(guard.name)
        return reason

    return Guard(guard.name, guard.rule, check)


def edits_table(corpus: Path, wanted: int, seed: int) -> list[str]:
    """Return how many edited sentences were found supported, by kind of edit.

    None of those that say something else should be, and all of those that say the same.
    """
    lines = ["| edit | sentences | found supported |", "| --- | ---: | ---: |"]
    for name, edit, right in (("say something else", edits, False), ("say the same", harmless, True)):
        chance = random.Random(seed)
        tried: Counter[str] = Counter()
        kept: Counter[str] = Counter()
        for context, sentence in _sentences(corpus, chance):
            if tried.total() >= wanted:
                break
            for kind, edited in edit(sentence, chance):
                found = verify(edited, context)
                supported = found.verdict is not Verdict.UNSUPPORTED
                tried[kind] += 1
                kept[kind] += supported
                if supported != right:
                    print(f"{kind}: {edited}\n    {sentence}\n    {found.reason}", file=sys.stderr)
        lines += [f"| {kind} | {tried[kind]} | {kept[kind]} |" for kind in sorted(tried)]
        share = kept.total() / max(1, tried.total())
        lines.append(f"| **that {name}** | {tried.total()} | {kept.total()} ({share:.1%}) |")
    return lines


def _confusion(found: Iterable[tuple[str, str]]) -> list[str]:
    """Return the confusion matrix of right and found verdicts."""
    matrix = Counter((right, str(verdict)) for right, verdict in found)
    lines = [
        "| a careful reader says ↓, found → | " + " | ".join(Verdict) + " |",
        "| --- |" + " ---: |" * len(Verdict),
    ]
    lines += [
        f"| {row} | " + " | ".join(str(matrix[row, column]) for column in Verdict) + " |" for row in Verdict
    ]
    false = sum(count for (right, _), count in matrix.items() if right == Verdict.UNSUPPORTED)
    supported = sum(n for (right, verdict), n in matrix.items() if right == Verdict.UNSUPPORTED != verdict)
    true = matrix.total() - false
    lost = sum(n for (right, verdict), n in matrix.items() if right != Verdict.UNSUPPORTED == verdict)
    return [
        *lines,
        "",
        f"{matrix.total()} pairs. False statements found supported: {supported} of {false} "
        f"({supported / false:.1%}). True statements kept: {true - lost} of {true} ({1 - lost / true:.1%}).",
    ]


def _sentences(corpus: Path, chance: random.Random) -> Iterator[tuple[list[str], str]]:
    """Yield some sentences of each text, each after its context: the sentence with its neighbours."""
    with gzip.open(corpus, "rt") if corpus.suffix == ".gz" else corpus.open() as file:
        texts = [str(json.loads(line)["text"]) for line in file]
    chance.shuffle(texts)
    for text in texts:
        found = [readable(text[start:end]) for start, end in split_sentences(text)]
        places = [place for place, sentence in enumerate(found) if 40 < len(sentence) < 300]
        for place in chance.sample(places, min(4, len(places))):
            yield found[max(0, place - 1) : place + 2], found[place]


if __name__ == "__main__":
    main()
