"""Collects the questions of a collection: wording, typing, gold, and the wrong values that tempt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.staff.question import StaffQuestion
from bench.staff.stands import stands
from training.world.asking.typing import typed, with_a_slip
from training.world.chance import Chance
from training.world.draft import Place
from training.world.sides import Pool

_MOST_WRONG = 6
_OFTEN = {"unanswerable": 3}
"""Kinds that are chosen more often than once a round: a threshold is fitted on both sides of it."""
_SLIPS = 0.25
"""How often a question is asked a second time with a slip of the fingers."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers, and the words there that do; "" where it only counts or is computed with."""

    place: Place
    words: str = ""
    start: int = -1
    """Where the words begin in the text of the place; -1: where they stand first."""


def place_of(words: str, text: str) -> int:
    """Return where the words stand by themselves in the text, -1 if nowhere: "5 mg" is not in "2.5 mg"."""
    found = re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w)", text) if words else None
    return found.start() if found else -1


def cell(place: Place, column: int) -> Gold:
    """Return the gold of a cell of a row."""
    cells = place.text.split(" | ")
    return Gold(place, cells[column], len(" | ".join(cells[:column])) + (3 if column else 0))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold."""

    question: StaffQuestion
    gold: tuple[Gold, ...]
    """Every place that says it, or all that a computed answer rests on."""
    tempting: tuple[Place, ...] = ()
    """Places that seem to answer: another date, row, person, version; denied, planned."""


class Asker:
    """Takes the questions on the documents of a collection."""

    def __init__(self, chance: Chance, name: str) -> None:
        """`name` begins the ids."""
        self._chance = chance
        self._name = name
        self.asked: list[Asked] = []
        self.never_misspelt: set[str] = set()
        """Words in small letters: a slip would turn them into something else that is there too."""

    def ask(
        self,
        kind: str,
        wordings: Pool[str],
        words: Mapping[str, str],
        must: Sequence[str],
        gold: Iterable[Gold],
        wrong: Iterable[str] = (),
        tempting: Iterable[Place] = (),
        history: Sequence[str] = (),
        slips: bool = True,
    ) -> str:
        """Add a question worded as one of `wordings`, filled with `words`; return it before it is typed.

        `wrong` are values of wrong answers; those that stand in the gold or are right too are left out.
        """
        places = tuple(gold)
        texts = [one.place.text for one in places]
        asked = filled(self._chance.one(wordings), words)
        false = [
            one
            for one in dict.fromkeys(wrong)
            if one
            and not any(stands(one, text, whole_words=True) for text in texts)
            and not any(stands(one, right, whole_words=True) for right in must)
            and not stands(one, asked, whole_words=True)
        ]
        if not places or not must:
            raise ValueError(f"{self._name}: {asked!r} has no gold.")
        documents = list(dict.fromkeys(one.place.file for one in places))
        question = StaffQuestion.model_validate(
            {
                "id": "-", "question": typed(asked, self._chance), "kind": kind, "answerable": True,
                "must": list(must), "must_not": self._chance.some(false, _MOST_WRONG),
                "document": documents, "page": places[0].place.page, "because": texts[0][:300],
                "history": list(history),
            }
        )  # fmt: skip
        made = Asked(question, places, tuple(dict.fromkeys(tempting)))
        self._add(made)
        if slips and not history and kind not in ("other language", "misspelt"):
            self._again_with_a_slip(asked, made, words)
        return asked

    def ask_in_vain(
        self,
        wordings: Pool[str],
        words: Mapping[str, str],
        wrong: Iterable[str] = (),
        tempting: Iterable[Place] = (),
        history: Sequence[str] = (),
    ) -> None:
        """Add a question that no document answers."""
        asked = filled(self._chance.one(wordings), words)
        question = StaffQuestion.model_validate(
            {
                "id": "-", "question": typed(asked, self._chance), "kind": "unanswerable",
                "answerable": False,
                "must_not": list(dict.fromkeys(one for one in wrong if one))[:_MOST_WRONG],
                "history": list(history),
            }
        )  # fmt: skip
        self._add(Asked(question, (), tuple(dict.fromkeys(tempting))))

    def chosen(self, most: int) -> list[Asked]:
        """Return at most `most` of the questions, of each kind about as many, in their order."""
        by_kind: dict[str, list[Asked]] = defaultdict(list)
        for one in self._chance.mixed(self.asked):
            by_kind[one.question.kind].append(one)
        kept: list[Asked] = []
        while len(kept) < most and any(by_kind.values()):
            for kind in self._chance.mixed(sorted(by_kind)):
                for _ in range(_OFTEN.get(kind, 1)):
                    if by_kind[kind] and len(kept) < most:
                        kept.append(by_kind[kind].pop())
        order = {id(one): place for place, one in enumerate(self.asked)}
        kept.sort(key=lambda one: order[id(one)])
        return [
            replace(one, question=one.question.model_copy(update={"id": f"{self._name}-{number:02}"}))
            for number, one in enumerate(kept, 1)
        ]

    def _again_with_a_slip(self, asked: str, made: Asked, words: Mapping[str, str]) -> None:
        if not self._chance.likely(_SLIPS):
            return
        own = {part.lower() for value in words.values() for part in re.findall(r"[^\W\d_]+", value)}
        slipped = with_a_slip(asked, own - self.never_misspelt, self._chance)
        if slipped != asked:
            question = made.question.model_copy(
                update={"question": typed(slipped, self._chance), "kind": "misspelt"}
            )
            self._add(replace(made, question=question))

    def _add(self, asked: Asked) -> None:
        same = (asked.question.question, asked.question.history)
        if all((one.question.question, one.question.history) != same for one in self.asked):
            self.asked.append(asked)


def filled(wording: str, words: Mapping[str, str]) -> str:
    """Return the wording with its words, its first letter large where the wording's is."""
    text = " ".join(wording.format_map(dict(words)).split()).replace("..", ".")
    return text[:1].upper() + text[1:] if wording[:1].isupper() or wording[:1] == "{" else text
