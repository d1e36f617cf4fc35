"""What the check of every sentence lets through and what it loses, on hand-written pairs and on edited text.

    python -m bench.verification [--corpus CORPUS.jsonl.gz] [--edits 1000]

Prints the confusion matrix of the pairs in tests/rag, the share of false statements that were found
supported and the share of true ones that were kept, without the reader's say, and with it unless
`INCAMERA_READER=off`. With a corpus (a `text` in each line), sentences of it are edited as a model might get
them wrong (a "not" dropped or added, a number changed, two numbers or parties exchanged, shall and may,
before and after, days and months) and checked against the text that they stood in; edits that change
nothing ("shall" to "must", a remark in brackets left out) are to be kept. What is judged wrongly goes to
stderr.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.sentence_edits import edits, harmless
from rag.verification.verify import Judge, Verdict, verify
from rag.writing.checking import judge_of
from tests.verification import verdicts
from ui.services.services import reader_of
from vault.settings import Settings
from vault.text.readable import readable
from vault.text.sentences import split_sentences


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, help="JSONL, gzipped or not, with a `text` in each line")
    parser.add_argument("--edits", type=int, default=1000, help="how many edited sentences")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print("\n".join(of_pairs()))
    reader = reader_of(Settings.load())
    if reader is not None:
        print("\nWith the reader:\n\n" + "\n".join(of_pairs(judge_of(reader))))
    if chosen.corpus is not None:
        print()
        print("\n".join(of_edits(chosen.corpus, chosen.edits, chosen.seed)))


def of_pairs(judge: Judge | None = None) -> list[str]:
    """The confusion matrix of the pairs, and the two shares that count."""
    matrix = Counter((pair["verdict"], str(found)) for pair, found in verdicts(judge))
    lines = [
        "| a careful reader says ↓, found → | " + " | ".join(Verdict) + " |",
        "| --- |" + " ---: |" * len(Verdict),
    ]
    lines += [
        f"| {row} | " + " | ".join(str(matrix[row, column]) for column in Verdict) + " |" for row in Verdict
    ]
    false = sum(count for (said, _), count in matrix.items() if said == Verdict.UNSUPPORTED)
    let = sum(n for (said, found), n in matrix.items() if said == Verdict.UNSUPPORTED != found)
    true = matrix.total() - false
    lost = sum(n for (said, found), n in matrix.items() if said != Verdict.UNSUPPORTED == found)
    return [
        *lines,
        "",
        f"{matrix.total()} pairs. False statements found supported: {let} of {false} ({let / false:.1%}). "
        f"True statements kept: {true - lost} of {true} ({1 - lost / true:.1%}).",
    ]


def of_edits(corpus: Path, wanted: int, seed: int) -> list[str]:
    """How many edited sentences were found supported, by the kind of edit: none should be of those that say
    something else, and all of those that say the same."""
    lines = ["| edit | sentences | found supported |", "| --- | ---: | ---: |"]
    for name, edit, right in (("say something else", edits, False), ("say the same", harmless, True)):
        chance = random.Random(seed)
        tried: Counter[str] = Counter()
        let: Counter[str] = Counter()
        for around, sentence in _sentences(corpus, chance):
            if tried.total() >= wanted:
                break
            for kind, edited in edit(sentence, chance):
                found = verify(edited, around)
                supported = found.verdict is not Verdict.UNSUPPORTED
                tried[kind] += 1
                let[kind] += supported
                if supported != right:
                    print(f"{kind}: {edited}\n    {sentence}\n    {found.reason}", file=sys.stderr)
        lines += [f"| {kind} | {tried[kind]} | {let[kind]} |" for kind in sorted(tried)]
        share = let.total() / max(1, tried.total())
        lines.append(f"| **that {name}** | {tried.total()} | {let.total()} ({share:.1%}) |")
    return lines


def _sentences(corpus: Path, chance: random.Random) -> Iterator[tuple[list[str], str]]:
    """Sentences with those around them, some of each text."""
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
