from collections.abc import Iterator, Sequence
from threading import Event as Cancel

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answer import Answerer
from rag.events import Answer, Done, EvidenceFound, QuestionUnderstood, Rewritten, Searched, Statement
from rag.models.llama.model import LlamaModel
from rag.question.turn import Turn
from rag.verification.verify import Verdict
from rag.writing.generate import ModelWriter
from tests.documents import add_text
from tests.sample_vault import COLLECTION, SampleVault
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import CollectionNotFound, QuestionError
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

LEASE = (
    "The tenant shall keep the roof in repair.\n\nThe rent is 900 pounds a month.\n\n"
    "The landlord may not enter without 48 hours' notice."
)


def ask(answerer: Answerer, question: str, *collections: str, **more: object) -> Answer:
    *_, done = answerer.ask(question, collections or ("matter",), "local", **more)  # type: ignore[arg-type]
    assert isinstance(done, Done)
    return done.answer


def every_citation_holds(vault: Vault, answer: Answer) -> bool:
    citations = [c for s in answer.statements for c in s.citations] + [e.citation for e in answer.evidence]
    for cited in citations:
        with vault.open_collection(cited.collection, user="local", action=Action.SEARCH) as opened:
            page = opened.catalogue.pages.find(cited.sha256, cited.page)
        if page.text[cited.start : cited.end] != cited.quote:
            return False
    return True


@pytest.fixture
def answerer(vault: Vault, collection: Collection, embedder: Embedder, settings: Settings) -> Answerer:
    add_text(collection, embedder, "lease.txt", LEASE)
    return Answerer(vault, embedder, settings)


def test_events_come_in_the_order_of_the_story(answerer: Answerer) -> None:
    events = list(answerer.ask("What is the rent?", ["matter"], "local"))
    kinds = [type(event) for event in events]
    assert kinds[:3] == [QuestionUnderstood, Searched, EvidenceFound]
    assert kinds[-1] is Done
    assert set(kinds[3:-1]) == {Statement}


def test_an_answer_without_a_model_is_quoted_with_its_place(answerer: Answerer, vault: Vault) -> None:
    answer = ask(answerer, "What is the rent?")
    assert not answer.abstained
    assert answer.mode == "quoted"
    assert answer.statements[0].text == "The rent is 900 pounds a month."
    assert answer.statements[0].verdict is Verdict.QUOTED
    assert every_citation_holds(vault, answer)


def test_what_the_documents_do_not_say_is_not_answered(answerer: Answerer) -> None:
    answer = ask(answerer, "Which antibiotic was given before the operation?")
    assert answer.abstained
    assert answer.statements == ()
    assert answer.searched == Searched(documents=1, pages=1, failed=0)


def test_an_empty_collection_abstains(vault: Vault, embedder: Embedder, settings: Settings) -> None:
    vault.create_collection("empty", user="local")
    answer = ask(Answerer(vault, embedder, settings), "What is the rent?", "empty")
    assert answer.abstained
    assert answer.evidence == ()


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 5000])
def test_what_is_no_question_is_refused(question: str, answerer: Answerer) -> None:
    with pytest.raises(QuestionError):
        ask(answerer, question)


def test_a_stranger_gets_nothing(answerer: Answerer) -> None:
    with pytest.raises(CollectionNotFound):
        list(answerer.ask("What is the rent?", ["matter"], "stranger"))


def test_a_question_that_leans_on_the_last_is_searched_as_it_stands_alone(answerer: Answerer) -> None:
    before = Turn("What is the rent of the flat?", "The rent is 900 pounds a month.")
    events = list(answerer.ask("And who pays it?", ["matter"], "local", [before]))
    assert events[1] == Rewritten("Who pays the rent of the flat?")
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.question == "And who pays it?"
    assert done.answer.rewritten == "Who pays the rent of the flat?"
    assert done.answer.as_json()["rewritten"] == done.answer.rewritten
    assert ask(answerer, "What is the rent?", history=[before]).rewritten is None


def test_every_answer_leaves_a_record_that_only_its_user_reads(answerer: Answerer, vault: Vault) -> None:
    answer = ask(answerer, "What is the rent?")
    record = vault.records.get(answer.record, user="local")
    assert record is not None
    assert record["answer"]["statements"][0]["text"] == answer.statements[0].text  # type: ignore[index]
    assert record["embedder"]["name"] == "all-MiniLM-L6-v2"  # type: ignore[index]
    assert vault.records.get(answer.record, user="stranger") is None


def test_the_same_clause_in_two_documents_is_cited_twice(
    answerer: Answerer, collection: Collection, embedder: Embedder
) -> None:
    add_text(collection, embedder, "copy.txt", "Copy.\n\n" + LEASE)
    evidence = ask(answerer, "What is the rent?").evidence
    assert {e.citation.document for e in evidence if "900 pounds" in e.citation.quote} == {
        "lease.txt",
        "copy.txt",
    }


WORDS = st.sampled_from(
    "rent roof tenant notice 48 hours landlord pounds who what when digoxin § “repair”".split()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=8))
def test_every_quote_is_exactly_what_the_page_says_there(
    words: Sequence[str], answerer: Answerer, vault: Vault
) -> None:
    if any(character.isalnum() for word in words for character in word):
        assert every_citation_holds(vault, ask(answerer, " ".join(words)))


@pytest.fixture(scope="module")
def samples(
    tmp_path_factory: pytest.TempPathFactory, sample_documents: SampleVault, embedder: Embedder
) -> Iterator[tuple[Vault, Answerer]]:
    configured = Settings(data=sample_documents.copied(tmp_path_factory.mktemp("samples") / "data"))
    with Vault(configured.data, purpose="tests") as vault:
        yield vault, Answerer(vault, embedder, configured)


@pytest.mark.parametrize(
    ("question", "document", "page"),
    [
        (
            "How quickly must Tolvane tell the client about a personal data breach?",
            "services_agreement.pdf",
            3,
        ),
        ("Which subcontractor has been approved for the secondary data centre?", "services_agreement.pdf", 2),
        ("Did Amendment No. 1 raise the liability cap?", "services_amendment_1.pdf", 1),
    ],
)
def test_sample_questions_are_answered_from_their_place(
    question: str, document: str, page: int, samples: tuple[Vault, Answerer]
) -> None:
    vault, answerer = samples
    answer = ask(answerer, question, COLLECTION)
    cited = answer.statements[0].citations[0]
    assert (cited.document, cited.page) == (document, page)
    assert every_citation_holds(vault, answer)


@pytest.mark.llama
class TestWithAModel:
    """The whole way with a GGUF that llama.cpp loads and that really writes what it is made to say."""

    def answerer(self, says: str, vault: Vault, embedder: Embedder, configured: Settings) -> Answerer:
        pytest.importorskip("llama_cpp")
        from tests import tiny_gguf

        path = configured.data / "says.gguf"
        tiny_gguf.write(path, says=says)
        writer = ModelWriter(LlamaModel(path, configured), embedder)
        return Answerer(vault, embedder, configured, writer)

    def test_what_the_passages_carry_is_shown_with_its_place(
        self, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
    ) -> None:
        add_text(collection, embedder, "lease.txt", LEASE)
        said = self.answerer("The rent is 900 pounds a month [1].", vault, embedder, settings)
        answer = ask(said, "What is the rent?")
        assert answer.mode == "generated"
        assert answer.model is not None
        assert len(answer.model.sha256) == 64
        assert [s.verdict for s in answer.statements] == [Verdict.QUOTED]
        assert every_citation_holds(vault, answer)

    def test_a_changed_number_is_not_supported_and_the_documents_are_quoted(
        self, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
    ) -> None:
        add_text(collection, embedder, "lease.txt", LEASE)
        said = self.answerer("The rent is 950 pounds a month [1].", vault, embedder, settings)
        answer = ask(said, "What is the rent?")
        assert answer.mode == "quoted"
        assert answer.model is None
        assert answer.statements[0].text == "The rent is 900 pounds a month."
        assert {statement.verdict for statement in answer.statements} == {Verdict.QUOTED}
        assert "withheld" in answer.notes[-1]

    def test_a_refusal_of_the_model_is_no_statement(
        self, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
    ) -> None:
        add_text(collection, embedder, "lease.txt", LEASE)
        answer = ask(
            self.answerer("The documents do not say.", vault, embedder, settings), "What is the rent?"
        )
        assert answer.statements[0].text == "The rent is 900 pounds a month."
        assert any("found no answer" in note for note in answer.notes)

    def test_a_cancelled_model_leaves_the_quoted_answer(
        self, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
    ) -> None:
        add_text(collection, embedder, "lease.txt", LEASE)
        cancel = Cancel()
        cancel.set()
        said = self.answerer("The rent is 900 pounds a month [1].", vault, embedder, settings)
        answer = ask(said, "What is the rent?", cancel=cancel)
        assert answer.mode == "quoted"
        assert answer.statements[0].text == "The rent is 900 pounds a month."
        assert any("stopped" in note for note in answer.notes)

    def test_the_record_holds_the_prompt_and_what_the_model_wrote(
        self, vault: Vault, collection: Collection, embedder: Embedder, settings: Settings
    ) -> None:
        add_text(collection, embedder, "lease.txt", LEASE)
        said = self.answerer("The rent is 900 pounds a month [1].", vault, embedder, settings)
        record = vault.records.get(ask(said, "What is the rent?").record, user="local")
        assert record is not None
        writing = record["writing"]
        assert "".join(writing["written"]).strip() == "The rent is 900 pounds a month [1]."  # type: ignore[index,call-overload]
        assert "900 pounds" in writing["prompt"][1]["content"]  # type: ignore[index,call-overload]
