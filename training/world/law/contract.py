"""The contract, its draft and its changes, with numbered clauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from training.world.asking.asker import filled
from training.world.asking.told import Told
from training.world.chance import Chance
from training.world.dates import written
from training.world.draft import Draft
from training.world.law.matter import Matter, Term
from training.world.law.terms import FILLER
from training.world.scene import Scene
from training.world.sides import Pool

_NUMBERING = Pool(
    "{n} {text}", "{n}. {text}", "Clause {n}: {text}", "({n}) {text}", "§ {n} {text}", "{n} – {text}"
)
_ARTICLES = Pool(
    "{n} {title}",
    "ARTICLE {n}: {title}",
    "Part {n} – {title}",
    "{n}. {title}",
    "Section {n} {title}",
    "{title} ({n})",
)
_OPENINGS = Pool(
    "This {what} is made on {day} between {one} (\"{One}\") and {two} (\"{Two}\").",
    "{what} dated {day}. Parties: {one} as {One}; {two} as {Two}.",
    "THIS {what}, made {day}, BETWEEN (1) {one} (\"{One}\") and (2) {two} (\"{Two}\").",
    "Between {one}, called {One}, and {two}, called {Two}, this {what} is agreed on {day}.",
    "On {day} {one} ({One}) and {two} ({Two}) entered into this {what}.",
    "Parties to this {what} of {day}: {one}, \"{One}\", and {two}, \"{Two}\".",
)  # fmt: skip
_CHANGES = Pool(
    "In clause {clause}, \"{old}\" is replaced by \"{new}\".",
    "The {name} in clause {clause} is {new} instead of {old}.",
    "Clause {clause} is varied: the {name} is {new}.",
    "From the date of this document the {name} (clause {clause}) is {new}.",
    "For {old} in clause {clause} read {new}.",
    "The parties agree a new {name} under clause {clause}: {new}.",
)  # fmt: skip
_DRAFT_TITLES = Pool("Heads of terms (subject to contract)", "Draft agreement, not signed",
    "Outline terms for discussion", "Term sheet – draft 2",
                     "Proposed terms, subject to contract", "Summary of proposal")  # fmt: skip
_DRAFT_LINES = Pool(
    "{name}: {value}",
    "{name} – {value}",
    "Proposed {name}: {value}",
    "{name} of {value}",
    "For the {name} we suggest {value}",
    "{name} ({value})",
)
_SIGNED = Pool("Signed for {firm}: {name}, director", "Executed by {firm} acting by {name}",
    "{name} for and on behalf of {firm}", "For {firm}: {name}", "{firm}, by its director {name}",
               "Director of {firm}: {name}")  # fmt: skip
_SMALL = Pool(
    "Page {n} · {number}",
    "{number} – execution version",
    "File {number}, page {n}",
    "Ref. {number}/{n}",
    "{number} | confidential",
    "Engrossment {number}",
)


def _words(matter: Matter) -> dict[str, str]:
    return {"one": matter.called[0], "two": matter.called[1]}


def what_it_is(matter: Matter) -> str:
    """Return what the contract is called."""
    return "lease" if matter.lease else "supply agreement"


def contract(scene: Scene, matter: Matter, told: Told) -> Matter:
    """Write the contract; return the matter with the clause number of each term."""
    chance, style = scene.chance, scene.style()
    what = what_it_is(matter)
    draft = scene.draft(f"{what} {matter.one.split()[0]} {matter.two.split()[0]} {matter.days[0].year}",
        (".pdf", ".docx"), what.capitalize())  # fmt: skip
    _opening(draft, matter, told, written(matter.days[0], style), chance)
    numbering, articles = chance.one(_NUMBERING), chance.one(_ARTICLES)
    fillers = chance.mixed(FILLER.of(chance.side))
    first = 2
    found = []
    draft.heading(articles.format(n=1, title="Interpretation"))
    draft.say(numbering.format(n="1.1", text=fillers[0]))
    draft.say(numbering.format(n="1.2", text=f"The subject of this document is {matter.thing}."))
    for at, term in enumerate(chance.mixed(matter.terms)):
        number = first + at
        if at and at % 3 == 0:
            draft.lines(chance.one(_SMALL).format(n=1 + at // 3, number=matter.number))
            draft.page()
        draft.heading(articles.format(n=number, title=chance.one(term.kind.heading)))
        place_in = chance.number(1, 3)
        for clause in range(1, 4):
            n = f"{number}.{clause}"
            if clause == place_in:
                found.append(_term_clause(draft, matter, told, term, n, numbering, chance))
            else:
                draft.say(numbering.format(n=n, text=fillers[(3 * at + clause) % len(fillers)]))
    _rules(draft, matter, told, first + len(matter.terms), numbering, articles, chance)
    for firm, role in ((matter.one, "director of one"), (matter.two, "director of two")):
        person = matter.people[role]
        place = draft.lines(chance.one(_SIGNED).format(firm=firm, name=person.plain))[0]
        told.at(("role", role), place, person.plain)
    by_name = {term.kind.name: term for term in found}
    return replace(matter, terms=tuple(by_name[term.kind.name] for term in matter.terms))


def _opening(draft: Draft, matter: Matter, told: Told, day: str, chance: Chance) -> None:
    draft.heading(what_it_is(matter).upper() if chance.likely(0.5) else what_it_is(matter).capitalize())
    opening = filled(chance.one(_OPENINGS), {"what": what_it_is(matter), "day": day, "one": matter.one,
        "two": matter.two,
                                             "One": matter.called[0], "Two": matter.called[1]})  # fmt: skip
    place = draft.say(opening)[0]
    told.at("signed", place, day)
    told.at("one", place, matter.one)
    told.at("two", place, matter.two)


def _term_clause(
    draft: Draft, matter: Matter, told: Told, term: Term, n: str, numbering: str, chance: Chance
) -> Term:
    value = term.value(0)
    text = filled(chance.one(term.kind.clause), {**_words(matter), "value": value})
    if chance.likely(0.25):
        # In a list below the clause: its number then has a letter.
        letters = chance.some(FILLER, 2)
        at = chance.number(0, 2)
        items = [*letters[:at], text, *letters[at:]]
        draft.say(numbering.format(n=n, text="The following applies:"))
        places = draft.lines(*[f"({'abc'[i]}) {item}" for i, item in enumerate(items)])
        place, clause = places[at], f"{n}({'abc'[at]})"
    else:
        place, clause = draft.say(numbering.format(n=n, text=text))[0], n
    told.at(("term", term.kind.name, 0), place, value)
    told.at(("clause", term.kind.name), place)
    return replace(term, clause=clause)


def _rules(
    draft: Draft, matter: Matter, told: Told, number: int, numbering: str, articles: str, chance: Chance
) -> None:
    draft.page()
    draft.heading(articles.format(n=number, title=chance.one(("General", "Other matters", "Covenants"))))
    texts = {"ban": filled(matter.ban[1], _words(matter)), "permit": filled(matter.permit[1], _words(matter))}
    said = chance.mixed([*texts.items(), ("", chance.one(FILLER))])
    for clause, (key, text) in enumerate(said, 1):
        place = draft.say(numbering.format(n=f"{number}.{clause}", text=text))[0]
        if key:
            told.at(key, place)


def changes(scene: Scene, matter: Matter, told: Told) -> None:
    """Write each change of the contract."""
    chance = scene.chance
    for version, day in enumerate(matter.days[1:], 1):
        style = scene.style()
        name = (
            chance.one(("deed of variation", "amendment", "supplemental deed"))
            if matter.lease
            else chance.one(("amendment", "variation letter", "side letter"))
        )
        draft = scene.draft(
            f"{name} {version} {day.year}",
            (".docx", ".pdf", ".html", ".txt"),
            name.capitalize(),
        )
        draft.heading(f"{name.capitalize()} no. {version}")
        begins = chance.one(("This document is made on", "Dated", "With effect from"))
        varies = f"and varies the {what_it_is(matter)} dated {written(matter.days[0], style)}."
        parties = f"between {matter.one} and {matter.two}"
        place = draft.say(f"{begins} {written(day, style)}, {parties}, {varies}")[0]
        told.at(("changed", version), place, written(day, style))
        said = []
        for term in matter.terms:
            if term.values[version]:
                text = filled(
                    chance.one(_CHANGES),
                    {
                        "clause": term.clause,
                        "old": term.value(version - 1),
                        "new": term.value(version),
                        "name": term.kind.name,
                    },
                )
                said.append((term, text[:1].upper() + text[1:]))
        said += [(None, text) for text in chance.some(FILLER, 2)]  # type: ignore[misc]
        for number, (term, text) in enumerate(chance.mixed(said), 1):
            place = draft.say(f"{number} {text}" if chance.likely(0.7) else text)[0]
            if term:
                told.at(("term", term.kind.name, version), place, term.value(version))
        draft.lines(matter.people["director of one"].plain, matter.people["director of two"].plain)


def unsigned_draft(scene: Scene, matter: Matter, told: Told) -> None:
    """Write the terms as they were first proposed."""
    chance, style = scene.chance, scene.style()
    name = chance.one(("heads of terms", "draft terms", "proposal"))
    draft = scene.draft(f"{name} {written(matter.drafted, 'dots')}", (".docx", ".pdf", ".txt"),
                        "Draft")  # fmt: skip
    draft.heading(chance.one(_DRAFT_TITLES))
    draft.lines(
        f"{matter.one} / {matter.two}", f"{written(matter.drafted, style)}, {matter.people['trainee'].plain}"
    )
    wording = chance.one(_DRAFT_LINES)
    texts = [
        filled(wording, {"name": term.kind.name[:1].upper() + term.kind.name[1:], "value": term.draft})
        for term in matter.terms
    ]
    for term, place in zip(matter.terms, draft.listed(*texts), strict=True):
        told.at(("draft", term.kind.name), place, term.draft)


def proposal(scene: Scene, matter: Matter, told: Told, term: Term, value: str, day: date) -> None:
    """Write a letter that proposes another value, which nobody agreed."""
    chance, style = scene.chance, scene.style()
    writer, receiver = matter.people["solicitor of one"], matter.people["solicitor of two"]
    name = f"letter {matter.firms[0].split()[0]} {written(day, chance.one(('iso', 'short')))}"
    draft = scene.draft(name, (".pdf", ".docx", ".html"), "Letter")  # fmt: skip
    draft.lines(matter.firms[0], f"Our ref: {matter.number}", written(day, style))
    draft.lines(receiver.full, matter.firms[1])
    draft.lines(f"Dear {receiver.short}")
    wordings = Pool("Our client would like to raise the {name} to {value} from next year.",
        "We are instructed to propose a {name} of {value}.",
                    "Without prejudice, {value} is suggested as the new {name}.",
                    "Might your client accept {value} as {name}?",
                    "If agreement is reached, the {name} would become {value}.",
                    "Our client is considering a {name} of {value}.")  # fmt: skip
    place, *_ = draft.say(
        filled(chance.one(wordings), {"name": term.kind.name, "value": value}), *chance.some(_LETTER_NOISE, 2)
    )
    told.at(("proposed", term.kind.name), place, value)
    told.at(
        ("wrote", "proposal"),
        draft.lines("Yours sincerely", writer.plain, f"for {matter.firms[0]}")[1],
        writer.plain,
    )
    draft.lines(chance.one(_LETTER_FOOTERS))


_LETTER_NOISE = Pool(
    "We look forward to hearing from you.", "Kindly confirm by return.", "We enclose a copy of the plan.",
    "Our costs remain reserved.", "A meeting in person may help.",
    "Please quote our reference.", "The originals are held at our office.",
    "We act on instructions given last week.", "Counsel has not yet been asked.",
    "No admission is made.", "The figures were checked by our accounts department.",
    "We trust that this is in order.",
)  # fmt: skip
_LETTER_FOOTERS = Pool(
    "Authorised and regulated; a list of partners is open to inspection.",
    "We do not accept service by e-mail.", "This letter is confidential and may be privileged.",
    "Our offices close at five.", "Partners' names are shown on the door plate.",
    "Bank details never change by e-mail: telephone first.",
)  # fmt: skip
