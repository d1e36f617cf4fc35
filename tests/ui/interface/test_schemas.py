"""What travels keeps its form: one shape of each answer, event and error."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import vault.errors
from ingest.report import Failure, FileDone, FilesFound, FileStarted, IngestReport, Vanished
from rag.about import About
from rag.direct.answer import AnswerForm, AnswerRow, DirectAnswer
from rag.events import Answer as RagAnswer
from rag.events import (
    DirectFound,
    EvidenceFound,
    ModelUsed,
    Progress,
    QuestionUnderstood,
    Rewritten,
    Searched,
    Statement,
    Waiting,
)
from rag.evidence.abstain import Outcome
from rag.evidence.evidence import EvidenceSentence
from rag.evidence.fit.misfit import NO_FIT
from rag.question.understanding.labels import Label, LabelKind
from rag.question.understanding.understood import (
    AskedDate,
    AskedName,
    Correction,
    Intent,
    Relation,
    Understood,
)
from rag.question.wanted import Wanted
from rag.recorded import recorded_answer
from rag.verification.verify import Verdict
from ui.interface.schemas.answers import Answer, AnswerEvent, progress_event
from ui.interface.schemas.base import as_json
from ui.interface.schemas.errors import ErrorDetails
from ui.interface.schemas.jobs import JobEvent, JobReport
from vault.errors import HandoverFailed, IncameraError
from vault.records import Citation, DocumentState, Span

texts = st.text(max_size=20)
numbers = st.integers(0, 10**9)
scores = st.floats(0, 1)
citations = st.builds(Citation, texts, texts, numbers, numbers, numbers, texts, texts)
abouts = st.none() | st.builds(About, texts, texts, st.none() | st.dates(), texts)
statements = st.builds(
    Statement, texts, st.sampled_from(Verdict), st.tuples(citations), texts, st.tuples(abouts)
)
totals = st.builds(Searched, numbers, numbers, numbers)
evidence = st.builds(
    EvidenceSentence, citations, numbers, numbers, st.just({}), scores,
    st.none() | st.builds(Span, numbers, numbers, numbers), st.just(NO_FIT), abouts,
)  # fmt: skip
rows = st.builds(
    AnswerRow, texts, texts, citations, st.none() | st.dates(), st.none() | scores, texts, abouts
)
direct = st.builds(
    DirectAnswer, texts, st.sampled_from(Verdict), st.tuples(citations), st.sampled_from(AnswerForm),
    st.sampled_from([0.0, 0.5, 1.0]), st.tuples(rows), st.booleans(), texts, st.tuples(abouts),
)  # fmt: skip
labels = st.tuples(st.builds(Label, st.sampled_from(LabelKind), texts, texts))
understood = st.builds(
    Understood, texts, texts, st.sampled_from(["en", "de", "fr"]), st.sampled_from(Intent),
    st.sampled_from(Wanted), st.tuples(st.builds(AskedName, texts, st.tuples(texts, texts))),
    st.tuples(
        st.builds(
            AskedDate, texts, st.sampled_from(Relation), st.tuples(st.tuples(st.dates(), st.dates()))
        )
    ),
    st.just(()), st.tuples(st.builds(Correction, texts, texts)),
    st.dictionaries(texts, st.tuples(texts), max_size=2), st.tuples(texts), st.booleans(),
)  # fmt: skip
answers = st.builds(
    RagAnswer, texts, st.tuples(texts), st.sampled_from(Outcome), st.sampled_from(["quoted", "generated"]),
    st.none() | st.builds(ModelUsed, texts, texts), texts, st.tuples(statements), st.tuples(evidence), totals,
    scores, scores, scores, st.none() | texts, st.tuples(texts), st.none() | direct,
    st.none() | understood, labels, labels,
)  # fmt: skip
progress = (
    st.builds(Rewritten, texts)
    | st.builds(QuestionUnderstood, understood, labels, labels)
    | st.builds(DirectFound, direct)
    | totals
    | st.builds(EvidenceFound, st.tuples(evidence), scores)
    | st.builds(Waiting, numbers)
    | statements
)
ingest_events = (
    st.builds(FilesFound, numbers)
    | st.builds(FileStarted, texts)
    | st.builds(FileDone, texts, texts, st.none() | st.sampled_from(DocumentState), texts, numbers, numbers)
)
travels = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How often each form is tried; not how fast."""
ERRORS = [
    kind
    for kind in vars(vault.errors).values()
    if isinstance(kind, type) and issubclass(kind, IncameraError) and kind is not HandoverFailed
]


@travels
@given(answers)
def test_an_answer_travels_in_the_shape_of_its_record(answer: RagAnswer) -> None:
    shape = answer.as_json()
    travelled = Answer.model_validate_json(Answer.model_validate(shape).model_dump_json())
    assert json.dumps(as_json(travelled)) == json.dumps(shape)  # the order of the fields too


@travels
@given(answers)
def test_an_answer_is_the_same_when_it_is_made_again_from_its_record(answer: RagAnswer) -> None:
    shape = answer.as_json()
    assert recorded_answer(answer.record, json.loads(json.dumps({"answer": shape}))).as_json() == shape


def test_an_answer_of_an_earlier_version_still_opens() -> None:
    kept = RagAnswer(
        "What?", ("matter",), Outcome.NOT_FOUND, "quoted", None, "ab", (), (), Searched(1, 1, 0), 1, 2, 0
    ).as_json()
    for new in ("direct", "understood", "labels", "removed"):
        del kept[new]
    made = recorded_answer("ab", {"answer": kept})
    assert (made.direct, made.understood, made.labels, made.removed) == (None, None, (), ())


@travels
@given(progress)
def test_an_event_of_an_answer_has_its_own_shape_and_its_name(
    event: Progress,
) -> None:
    sent = progress_event(event)
    assert as_json(sent) == {**event.as_json(), "event": sent.event}
    assert TypeAdapter(AnswerEvent).validate_json(sent.model_dump_json()) == sent


@travels
@given(ingest_events)
def test_an_event_of_a_job_arrives_as_it_was_sent(event: FilesFound | FileStarted | FileDone) -> None:
    kind = TypeAdapter(JobEvent)
    assert kind.validate_json(kind.dump_json(event)) == event


@travels
@given(st.lists(st.builds(Failure, texts, texts)), st.lists(st.builds(Vanished, texts, texts, texts)), scores)
def test_a_report_has_the_shape_that_is_printed(
    failed: list[Failure], vanished: list[Vanished], seconds: float
) -> None:
    report = IngestReport(
        ready=3, failed=failed, partial=failed, vanished=vanished, left_out=failed, seconds=seconds, job="ab"
    )
    assert json.dumps(as_json(JobReport.of(report))) == json.dumps(report.as_json())


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_keeps_its_class_message_and_exit_code(kind: type[IncameraError]) -> None:
    sent = ErrorDetails.of(kind("It is like this."))
    received = ErrorDetails.model_validate_json(sent.model_dump_json()).error()
    assert (type(received), str(received), received.exit_code) == (kind, "It is like this.", kind.exit_code)


def test_an_error_of_a_hand_over_keeps_its_own_exit_code() -> None:
    received = ErrorDetails.of(HandoverFailed("It ended.", 130)).error()
    assert (type(received), received.exit_code) == (HandoverFailed, 130)


@pytest.mark.parametrize("name", ["Action", "print", "__doc__", "ValueError", ""])
def test_a_name_that_is_no_error_becomes_a_failed_hand_over(name: str) -> None:
    received = ErrorDetails(type=name, message="It failed.", exit_code=1).error()
    assert (type(received), str(received)) == (HandoverFailed, "It failed.")
