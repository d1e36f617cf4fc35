import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vault.store.memory_vectors import MemoryVectors

CHANGES = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 30), max_size=8)), max_size=12)


def vector(chunk_id: int, version: int) -> NDArray[np.float32]:
    return np.random.default_rng(chunk_id * 1000 + version).normal(size=8).astype(np.float32)


@given(CHANGES, st.integers(1, 40))
def test_it_holds_what_was_added_last_and_finds_the_nearest(
    changes: list[tuple[bool, list[int]]], limit: int
) -> None:
    index = MemoryVectors()
    held: dict[int, NDArray[np.float32]] = {}
    for version, (adds, ids) in enumerate(changes):
        if adds and ids:
            distinct = list(dict.fromkeys(ids))
            rows = [vector(chunk_id, version) for chunk_id in distinct]
            index.add(distinct, np.stack(rows))
            held |= dict(zip(distinct, rows, strict=True))
        elif not adds:
            index.delete(ids)
            for chunk_id in ids:
                held.pop(chunk_id, None)
    assert index.ids() == set(held)
    assert index.count() == len(held)
    asked = vector(99, 0)
    cosines = {
        chunk_id: float(row @ asked / np.linalg.norm(row) / np.linalg.norm(asked))
        for chunk_id, row in held.items()
    }
    found = index.nearest(asked, limit)
    best = sorted(cosines, key=lambda chunk_id: -cosines[chunk_id])[:limit]
    assert [chunk_id for chunk_id, _ in found] == best
    assert np.allclose([cosine for _, cosine in found], [cosines[chunk_id] for chunk_id in best], atol=1e-5)


def test_it_is_built_again_from_other_vectors_of_another_length() -> None:
    index = MemoryVectors()
    index.add([1, 2], np.ones((2, 4), np.float32))
    index.rebuild([(7, np.ones(16, np.float32))])
    assert index.nearest(np.ones(16, np.float32), 5) == [(7, 1.0)]
    index.rebuild([])
    assert index.nearest(np.ones(16, np.float32), 5) == []
