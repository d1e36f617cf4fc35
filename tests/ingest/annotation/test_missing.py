from ingest.annotation.missing import annotate_missing, annotate_stored
from tests.documents import add_annotated
from vault.records import Page
from vault.store.collection import Collection


def add_older(collection: Collection, count: int) -> list[str]:
    """Documents as an older version left them: with pages and chunks, without annotations."""
    return [
        add_annotated(
            collection, f"note {number}.txt", Page(1, f"Mr Falk sold {number} tins."), annotated=False
        ).sha256
        for number in range(count)
    ]


def test_an_interrupted_run_goes_on_where_it_stopped(collection: Collection) -> None:
    sha256s = add_older(collection, 3)
    sentences = collection.catalogue.sentences
    seen: list[tuple[int, int]] = []
    assert not annotate_missing(collection, lambda *step: seen.append(step), stop=lambda: len(seen) == 1)
    assert len(sentences.missing()) == 2
    assert annotate_missing(collection, lambda *step: seen.append(step))
    assert seen == [(1, 3), (1, 2), (2, 2)]
    assert sentences.missing() == []
    assert list(sentences.profiles()) == sha256s
    assert len(sentences.match('"tins"', 9)) == 3


def test_a_document_that_was_deleted_meanwhile_is_passed_over(collection: Collection) -> None:
    (sha256,) = add_older(collection, 1)
    collection.purge([sha256])
    annotate_stored(collection, sha256)
    assert collection.catalogue.sentences.annotation(sha256) is None
