"""The questions on the terms of a contract and on its parties."""

from __future__ import annotations

from datetime import timedelta

from training.world.asking.asker import Gold, place_of
from training.world.asking.numbers import count_spellings, decimal
from training.world.asking.told import Told
from training.world.dates import spellings
from training.world.draft import Place
from training.world.law import question_wordings as wordings
from training.world.law.contract import what_it_is
from training.world.law.matter import Matter, Term
from training.world.scene import Scene


def ask_about_terms(scene: Scene, matter: Matter, told: Told) -> None:
    """Ask for each term: now, before, at first, by clause, compared."""
    chance = scene.chance
    varied = [term for term in matter.terms if term.varied]
    steady = [term for term in matter.terms if not term.varied]
    before = ""
    for term in chance.mixed([*varied, *chance.some(steady, 3)]):
        before = _ask_now(scene, matter, told, term, before)
    for term in varied:
        _ask_change(scene, matter, told, term)
    for term in chance.some(steady, 3):
        _ask_clause(scene, matter, told, term)
    _ask_language(scene, matter, told)
    numbers = [int(term.clause.split(".")[0]) for term in matter.terms]
    absent = f"{max(numbers) + chance.number(4, 9)}.{chance.number(1, 4)}"
    scene.asker.ask_in_vain(wordings.NO_CLAUSE, {"clause": absent, "what": what_it_is(matter)})
    scene.asker.ask_in_vain(wordings.NEVER_SAID, {})


def _words(matter: Matter, term: Term) -> dict[str, str]:
    return {
        "name": term.kind.name,
        "what": what_it_is(matter),
        "change": "amendment" if not matter.lease else "deed of variation",
    }


def spelled(value: str) -> str:
    """Return a value as an answer may write it, in letters and digits."""
    number, _, unit = value.partition(" ")
    if unit not in ("months", "units", "days", "working days"):
        return value.replace(" %", "%") + "|" + value if value.endswith(" %") else value
    for digits in range(1, 21):
        letters = count_spellings(digits).split("|")
        if number in letters:
            return "|".join(f"{one} {unit}" for one in letters)
    return value


def _others(term: Term, version: int) -> list[str]:
    right = term.value(version)
    return [value for value in (*term.values, term.draft) if value and value != right]


def _tempting(told: Told, term: Term, version: int) -> list[Place]:
    name = term.kind.name
    keys = [
        ("term", name, one) for one, value in enumerate(term.values) if value and value != term.value(version)
    ]
    drafts = [("draft", name)] if term.draft != term.value(version) else []
    return told.places(*keys, *drafts, ("proposed", name))


def _gold(told: Told, term: Term, version: int) -> list[Gold]:
    """Return where the value that holds at a version is set."""
    last = max(one for one in range(version + 1) if term.values[one])
    return told.of(("term", term.kind.name, last))


def _ask_now(scene: Scene, matter: Matter, told: Told, term: Term, before: str) -> str:
    last = len(term.values) - 1
    must, gold = [spelled(term.value(last))], _gold(told, term, last)
    wrong, tempting = _others(term, last), _tempting(told, term, last)
    wrong += [one.words for one in told.of(("proposed", term.kind.name))]
    words = _words(matter, term)
    if before:
        scene.asker.ask("follow-up", wordings.FOLLOW_NAME, words, must, gold, wrong, tempting, [before])
    kind = "current value" if term.varied else "plain fact"
    asked = scene.asker.ask(kind, wordings.TERM_NOW, words, must, gold, wrong, tempting)
    everyday = words | {"name": scene.chance.one(term.kind.everyday)}
    scene.asker.ask("everyday word", wordings.TERM_IN_OTHER_WORDS, everyday, must, gold, wrong, tempting)
    if term.varied:
        previous = term.varied[-1] - 1
        scene.asker.ask("follow-up", wordings.FOLLOW_BEFORE, words, [spelled(term.value(previous))],
                        [*_gold(told, term, previous), *_gold_of_change(told, term, term.varied[-1])],
                        _others(term, previous), _tempting(told, term, previous), [asked])  # fmt: skip
        version = term.varied[-1]
        scene.asker.ask("follow-up", wordings.FOLLOW_CHANGED, words, [spellings(matter.days[version])],
            told.of(("changed", version)),
                        [spellings(day) for day in matter.days if day != matter.days[version]], (),
                        [asked])  # fmt: skip
    return asked


def _gold_of_change(told: Told, term: Term, version: int) -> list[Gold]:
    """Return the sentence of a change, if it says the old value too."""
    old = term.value(version - 1)
    return [
        Gold(one.place, old, place_of(old, one.place.text))
        for one in told.of(("term", term.kind.name, version))
        if place_of(old, one.place.text) >= 0
    ]


def _ask_change(scene: Scene, matter: Matter, told: Told, term: Term) -> None:
    chance, asker = scene.chance, scene.asker
    version = chance.one(term.varied)
    day, old, new = matter.days[version], term.value(version - 1), term.value(version)
    words = _words(matter, term) | {"day": scene.asked_day(day, year=True)}
    old_gold = [*_gold(told, term, version - 1), *_gold_of_change(told, term, version)]
    asker.ask("value before a date", wordings.TERM_BEFORE, words, [spelled(old)], old_gold, _others(term,
        version - 1),
              _tempting(told, term, version - 1))  # fmt: skip
    if len(term.varied) == 1:
        asker.ask("plain fact", wordings.VARIED_WHEN, words, [spellings(day)], told.of(("changed", version)),
                  [spellings(one) for one in matter.days if one != day])  # fmt: skip
    on = day - timedelta(days=chance.number(5, 60))
    asker.ask("value by date", wordings.TERM_ON, words | {"day": scene.asked_day(on, year=True)},
        [spelled(old)], old_gold,
              _others(term, version - 1), _tempting(told, term, version - 1))  # fmt: skip
    asker.ask("value before a date", wordings.ORIGINAL, words, [spelled(term.value(0))], _gold(told, term, 0),
              _others(term, 0), _tempting(told, term, 0))  # fmt: skip
    both = [*_gold(told, term, version - 1), *_gold(told, term, version)]
    if len(term.varied) == 1:
        asker.ask("comparison", wordings.COMPARE, words, [spelled(old), spelled(new)], both)
        if old.startswith("£"):
            first, second = (float(value[1:].replace(",", "")) for value in (old, new))
            places = 2 if "." in old else 0
            asker.ask("computed", wordings.INCREASE, words, [decimal(abs(second - first), places)], both)


def _ask_clause(scene: Scene, matter: Matter, told: Told, term: Term) -> None:
    words = _words(matter, term) | {"clause": term.clause}
    gold = _gold(told, term, 0)
    wrong = [one.value(0) for one in matter.terms if one is not term]
    tempting = told.places(*(("clause", one.kind.name) for one in matter.terms if one is not term))
    scene.asker.ask(
        "clause by number", wordings.CLAUSE, words, [spelled(term.value(0))], gold, wrong, tempting[:6]
    )
    number = term.clause.partition("(")[0]
    must = term.clause if number == term.clause else f"{term.clause}|{number}"
    scene.asker.ask("clause by number", wordings.WHICH_CLAUSE, words, [must], gold)


def _ask_language(scene: Scene, matter: Matter, told: Told) -> None:
    known = [term for term in matter.terms if term.kind.name in wordings.TERMS_IN_GERMAN_AND_FRENCH]
    chance, asker = scene.chance, scene.asker
    for term in chance.some(known, 1):
        german, french = wordings.TERMS_IN_GERMAN_AND_FRENCH[term.kind.name]
        name, language = chance.one([(german, "German"), (french, "French")])
        last = len(term.values) - 1
        asker.ask("other language", wordings.GERMAN_FRENCH[language], {"name": name},
            [spelled(term.value(last))], _gold(told, term, last), _others(term, last),
                  _tempting(told, term, last))  # fmt: skip
    asker.ask("other language", wordings.GERMAN_FRENCH["signed"], {}, [spellings(matter.days[0])],
        told.of("signed"),
              [spellings(day) for day in matter.days[1:]])  # fmt: skip


def ask_about_parties(scene: Scene, matter: Matter, told: Told) -> None:
    """Ask who is who, who signed, what is allowed, and for dates."""
    asker = scene.asker
    what = {"what": what_it_is(matter)}
    for key, firm, called, other in (
        ("one", matter.one, matter.called[0], matter.two),
        ("two", matter.two, matter.called[1], matter.one),
    ):
        wrong = [other.split(" ")[0], matter.other.split(" ")[0]]
        asker.ask(
            "person",
            wordings.PARTY,
            what | {"role": called},
            [firm.split(" ")[0]],
            told.of(key),
            [one for one in wrong if one != firm.split(" ")[0]],
        )
    for firm, role in ((matter.one, "director of one"), (matter.two, "director of two")):
        right = matter.people[role].last
        asker.ask("person", wordings.PERSON, {"role": "director", "firm": firm}, [right], told.of(("role",
            role)),
                  [one.last for one in matter.people.values() if one.last != right])  # fmt: skip
    asker.ask(
        "negation or family", wordings.MAY, what | {"thing": matter.ban[0]}, ["no"], told.of("ban"), ["yes"]
    )
    asker.ask(
        "negation or family", wordings.MAY, what | {"thing": matter.permit[0]}, ["yes"], told.of("permit")
    )
    asker.ask("plain fact", wordings.SIGNED, what, [spellings(matter.days[0])], told.of("signed"),
        [spellings(day) for day in matter.days[1:]],
              told.places(*(("changed", version) for version in range(1, len(matter.days)))))  # fmt: skip
    gap = (matter.days[1] - matter.days[0]).days
    asker.ask("date arithmetic", wordings.BETWEEN, what, [str(gap)], told.of("signed", ("changed", 1)))
    asker.ask("identifier", wordings.FILE_NUMBER, {}, [matter.number], told.of("file number"))
