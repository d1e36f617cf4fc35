"""The catalogue of open models."""

import pytest

from rag.models.catalogue.catalogue import BITS, known_as, known_models


def test_every_entry_is_whole_and_every_family_that_was_asked_for_is_there() -> None:
    models = known_models()
    assert {"Llama", "Mistral", "Falcon", "Phi"} <= {known.family for known in models}
    assert len({known.id for known in models}) == len(models)
    for known in models:
        assert known.parameters > 0
        assert known.context >= 2048
        assert known.licence.conditions
        assert known.openness in ("open weights", "open data", "fully open")
        assert "/" in known.source


@pytest.mark.parametrize("known", known_models(), ids=lambda known: known.id)
def test_more_bits_make_a_larger_file_and_more_context_needs_more_memory(known: object) -> None:
    assert isinstance(known, type(known_models()[0]))
    sizes = [known.file_bytes(name) for name in BITS]
    assert sizes == sorted(sizes)
    assert known.file_bytes() < known.memory_bytes(1024) < known.memory_bytes(2048)
    assert known.memory_bytes(known.context) == known.memory_bytes(10 * known.context)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Llama 3.2 3B Instruct", "llama-3.2-3b"),
        ("Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b"),
        ("Mistral-7B-Instruct-v0.3", "mistral-7b"),
        ("Falcon3-7B-Instruct", "falcon3-7b"),
        ("Phi-4-mini-instruct", "phi-4-mini"),
        ("Phi 4", "phi-4"),
        ("Some house's own", None),
    ],
)
def test_a_file_is_known_by_what_it_calls_itself(name: str, found: str | None) -> None:
    known = known_as(name)
    assert (known and known.id) == found
