"""Judge one sentence against what was understood of the question."""

from __future__ import annotations

import re
from collections.abc import Set

from rag.evidence.fit.dates import fit_of_dates
from rag.evidence.fit.formalities import says_nothing
from rag.evidence.fit.misfit import Fit, Misfit
from rag.evidence.fit.numbered import is_of_another_number
from rag.evidence.fit.people import fit_of_people
from rag.evidence.fit.relatives import is_about_a_relative, names_a_relative, says_it_of_the_patient
from rag.question.numbered import clause_number, lines_named, page_named
from rag.question.question import holds
from rag.question.understanding.times import asks_of_days_to_come
from rag.question.understanding.understood import Intent, Understood
from rag.question.wanted import Wanted
from vault.annotations import AnnotatedSentence, Profile, Stance
from vault.records import ElementKind, page_name_form
from vault.text.dates.find import find_dates
from vault.text.dates.found import FoundDate, Reading
from vault.text.references import FoundReference
from vault.text.words import stems, words

_CERTAIN_KINDS = frozenset(
    {Wanted.DATE, Wanted.MONEY, Wanted.DOSE, Wanted.AMOUNT, Wanted.DURATION, Wanted.PERSON, Wanted.IDENTIFIER}
)
"""Kinds that a form of writing shows; places and medicines have none."""
_NUMBERED = frozenset({Wanted.DOSE, Wanted.DURATION})
"""Kinds of which no sentence without a number says anything: "Section 4 shows the wrong strength"."""
_MEASURED = frozenset({Wanted.MONEY, Wanted.DOSE, Wanted.DURATION})
_PLACES = re.compile(
    r"\b(?:section|clause|page|part|item|box|table|sheet|paragraph|line|bed|room|ward)\s+\d+", re.I
)
_TITLES = (ElementKind.HEADING, ElementKind.TABLE_HEADER)
_MARGINS = (ElementKind.PAGE_HEADER, ElementKind.PAGE_FOOTER)
_BEGINNING = re.compile(r"(?:begins?|starts?|when|beginn|wann|début|quand)\s*:", re.I)
"""The field of an event that says when it is, whatever the question calls the event."""
_LONGEST_FIELD = 120
"""Characters. A longer value is prose."""
_ROW = 2
"""Filled cells. One is a form field."""
_TOTAL = re.compile(
    r"\b(?:total|subtotal|sum|overall|altogether|in all|balance|summe|gesamt\w*|somme)\b", re.I
)
_NOT = re.compile(r"\b(?:not|never|\w+n['’]t|nicht|nie|niemals|pas|jamais)\b", re.I)
_DENIAL = re.compile(
    r"\b(?:not|no|nor|never|none|nil|nobody|nothing|without|neither|\w+n['’]t|un(?:paid|signed|filled|able|known|"
    r"available|used|opened|returned|settled|agreed|recorded|done)|withheld|omitted|refused|declined|missed|missing|"
    r"stopped|outstanding|overdue|failed|lapsed|cancelled|excluded|exempt|forbidden|prohibited|kein\w*|nicht|nie|"
    r"aucun\w*|pas|jamais)\b|☐",
    re.I,
)
"""Words by which a sentence may say that something is not so."""
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
_PROSE = 4
"""Words in small letters from which a value says more than what its label asks."""
_ENDS = (".", ";", ":", "?", "!")
_NOT_NOW = frozenset({Stance.PAST, Stance.PLANNED, Stance.CONDITIONAL, Stance.SUPERSEDED})


def fit_of(
    understood: Understood,
    sentence: AnnotatedSentence,
    profile: Profile | None,
    topic: Set[str],
    others: Set[str],
    title: str = "",
    entry: FoundDate | None = None,
) -> Fit:
    """Return how `sentence` fits. `topic` are stems of what is asked about, `others` with other words for it.

    `title` is the title and file name of the document, which often say its date. `entry` is the date with
    which the paragraph of the sentence begins.
    """
    misfits = set()
    begins = understood.wanted is Wanted.DATE and _BEGINNING.match(sentence.text) is not None
    silent = not begins and says_nothing(_with_columns(sentence), topic)
    if _heads_something(sentence, topic) or silent or _is_title(sentence, title):
        misfits.add(Misfit.FORMALITY)
    if not begins and (_is_other_field(sentence, others) or _is_part_of_a_sum(understood, sentence)):
        misfits.add(Misfit.OTHER_FIELD)
    person = fit_of_people(understood.names, sentence, profile)
    of_another = Stance.OTHER_PERSON in sentence.stance or is_about_a_relative(sentence.text, others)
    if (
        of_another
        and not names_a_relative(understood.written)
        and not says_it_of_the_patient(sentence.text, others)
    ):
        person = -1.0
    if person == -1.0:
        misfits.add(Misfit.OTHER_PERSON)
    own = (*sentence.dates, entry) if entry else sentence.dates
    around = _dates_around(sentence, profile, title) if understood.dates else ()
    date = fit_of_dates(understood.dates, own, around)
    if date == -1.0:
        misfits.add(Misfit.OTHER_DATE)
    reference = _fit_of_references(understood, sentence)
    if reference == -1.0 or is_of_another_number(understood.text, sentence.text):
        misfits.add(Misfit.OTHER_REFERENCE)
    kind = _fit_of_kind(understood, sentence, entry)
    if kind == -1.0 and understood.wanted in _CERTAIN_KINDS:
        misfits.add(Misfit.OTHER_KIND)
    if _asks_what_is_not(understood) and not (
        Stance.DENIED in sentence.stance or _DENIAL.search(sentence.text)
    ):
        misfits.add(Misfit.AFFIRMED)
    return Fit(
        frozenset(misfits),
        person=person,
        date=date,
        reference=reference,
        kind=kind,
        stance=-1.0 if _is_not_so(understood, sentence) else 0.0,
    )


def _heads_something(sentence: AnnotatedSentence, topic: Set[str]) -> bool:
    """Return whether it is a heading, or stands in the margin of a page and does not name what is asked.

    File numbers and names of clerks stand in margins: "File number BR-77".
    """
    if sentence.kind in _MARGINS:
        return not topic or 2 * len(topic & stems(sentence.text)) < len(topic)
    return sentence.kind in _TITLES


def _with_columns(sentence: AnnotatedSentence) -> str:
    """Return the text; of a table row with its columns, which say what its numbers are."""
    if len(sentence.cells) < _ROW:
        return sentence.text
    return _cells_with_columns(sentence)


def _cells_with_columns(sentence: AnnotatedSentence) -> str:
    return " ".join(f"{cell.column} {cell.text}" for cell in sentence.cells)


def _is_title(sentence: AnnotatedSentence, title: str) -> bool:
    """Return whether a line without a full stop is the title of its document, or the first line of it."""
    line = words(sentence.text)
    return (
        sentence.kind is ElementKind.PARAGRAPH
        and len(line) > 1
        and not sentence.text.rstrip().endswith(_ENDS)
        and (sentence.number == 0 or words(title)[: len(line)] == line)
    )


def _is_other_field(sentence: AnnotatedSentence, topic: Set[str]) -> bool:
    """Return whether it is a form field, or a row of one value, whose label is not asked about."""
    if not 1 <= len(sentence.cells) <= 2 or len(sentence.text) > _LONGEST_FIELD:
        return False
    if any(len(_SMALL_WORD.findall(cell.text)) >= _PROSE for cell in sentence.cells):
        return False
    return not stems(_cells_with_columns(sentence)) & topic


def _is_part_of_a_sum(understood: Understood, sentence: AnnotatedSentence) -> bool:
    """Return whether a sum is asked for and this is one row of a table, not its total."""
    row = len(sentence.cells) >= _ROW
    return understood.intent is Intent.SUM and row and _TOTAL.search(sentence.text) is None


def _dates_around(sentence: AnnotatedSentence, profile: Profile | None, title: str) -> tuple[FoundDate, ...]:
    found = [*find_dates(sentence.heading), *find_dates(title)]
    if profile is not None and profile.date is not None:
        found.append(FoundDate(0, 0, (Reading(profile.date, profile.date),)))
    return tuple(found)


def _fit_of_references(understood: Understood, sentence: AnnotatedSentence) -> float:
    """Return 1 if the sentence is in a clause or has a number that is asked for, -1 if in another clause."""
    if not understood.references:
        return 0.0
    own = {reference.normal for reference in sentence.references}
    for asked in understood.references:
        clause = clause_number(asked)
        if clause and sentence.clause and _is_inside(sentence.clause, clause):
            return 1.0
        if asked.normal in own or _is_on_page(asked, sentence):
            return 1.0
    return -1.0 if sentence.clause and all(map(clause_number, understood.references)) else 0.0


def _is_on_page(asked: FoundReference, sentence: AnnotatedSentence) -> bool:
    """Return whether the sentence is on the page that is asked for, by its name, else by its number."""
    if lines := lines_named(asked):
        printed = sentence.page_name.printed or str(sentence.span.page)
        return printed.isdecimal() and lines.hold(int(printed), sentence)
    name = page_named(asked)
    if name and page_name_form(name) in sentence.page_name.forms:
        return True
    return not sentence.page_name.printed and asked.normal == f"page {sentence.span.page}"


def _is_inside(clause: str, outer: str) -> bool:
    return clause == outer or (clause.startswith(outer) and clause[len(outer)] in ".(")


def _fit_of_kind(understood: Understood, sentence: AnnotatedSentence, entry: FoundDate | None) -> float:
    if understood.wanted in (Wanted.ANYTHING, Wanted.YES_NO):
        return 0.0
    if understood.wanted is Wanted.DATE and sentence.dates:
        return 1.0
    if understood.wanted is Wanted.DATE and entry and not asks_of_days_to_come(understood):
        return 1.0
    if understood.wanted in _NUMBERED and not holds(Wanted.AMOUNT, _without_references(sentence)):
        return -1.0
    if holds(understood.wanted, _without_sums(understood, sentence), stems(understood.text)):
        return 1.0
    # "40 guineas" is a sum in no list of currencies: another amount is doubtful, and not another kind.
    if understood.wanted in _MEASURED and holds(Wanted.AMOUNT, sentence.text):
        return -0.5
    return -1.0


def _without_references(sentence: AnnotatedSentence) -> str:
    """Return the text without the numbers that only say where something stands: "section 4"."""
    text = sentence.text
    for one in sentence.references:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return _PLACES.sub(" ", text)


def _without_sums(understood: Understood, sentence: AnnotatedSentence) -> str:
    """Return the text; where a number of something is asked for, without sums, measures and dates."""
    text = sentence.text
    if understood.wanted is Wanted.IDENTIFIER:
        measured = [(one.start, one.end) for one in sentence.quantities if one.unit]
        for start, end in (*measured, *((one.start, one.end) for one in sentence.dates)):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _is_not_so(understood: Understood, sentence: AnnotatedSentence) -> bool:
    """Return whether the sentence does not say what is so, though the question asks for it."""
    if Stance.DENIED in sentence.stance and understood.intent is not Intent.YES_NO:
        return not _asks_what_is_not(understood)
    return understood.current and bool(sentence.stance & _NOT_NOW)


def _asks_what_is_not(understood: Understood) -> bool:
    """Return whether it asks what did not happen or is not so: "Which medicine was he not given?"."""
    return understood.intent is not Intent.YES_NO and _NOT.search(understood.written) is not None
