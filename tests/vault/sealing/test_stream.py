import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import SealBroken
from vault.sealing.box import seal, unseal
from vault.sealing.key import Key
from vault.sealing.stored_file import StoredFile
from vault.sealing.stream import BLOCK, SealingWriter, destroy, plain_size, unsealed_blocks

KEY = Key(bytes(range(32)))
LENGTHS = st.one_of(st.integers(0, 300), st.sampled_from([BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK]))


def sealed(content: bytes, context: str = "letter", key: Key = KEY, piece: int = 70_000) -> bytes:
    file = io.BytesIO()
    writer = SealingWriter(file, key)
    for start in range(0, len(content), piece):
        writer.write(content[start : start + piece])
    writer.finish(context)
    return file.getvalue()


def opened(content: bytes, context: str = "letter", key: Key = KEY) -> bytes:
    return b"".join(unsealed_blocks(io.BytesIO(content), key, context))


@given(LENGTHS, st.integers(1, BLOCK * 2))
def test_what_is_sealed_comes_back_and_its_length_is_known(length: int, piece: int) -> None:
    content = bytes(index * 31 % 251 for index in range(length))
    whole = sealed(content, piece=max(piece, length // 50 + 1))
    assert opened(whole) == content
    assert plain_size(len(whole)) == length
    assert length < 12 or content[:12] not in whole


@given(st.integers(0, 400), st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_noticed_wherever_it_is(length: int, place: int, change: int) -> None:
    whole = bytearray(sealed(bytes(length)))
    whole[place % len(whole)] ^= change
    with pytest.raises(SealBroken):
        opened(bytes(whole))


@given(st.integers(0, 2 * BLOCK + 40), st.integers(0, 10_000_000))
def test_a_file_that_is_cut_off_is_refused(length: int, left: int) -> None:
    whole = sealed(bytes(length))
    with pytest.raises(SealBroken):
        opened(whole[: left % len(whole)])


def test_blocks_cannot_be_exchanged_repeated_or_appended() -> None:
    whole = sealed(bytes(2 * BLOCK) + b"end")
    head, size = len(whole) - (2 * (BLOCK + 17) + 20), BLOCK + 17
    first, second = whole[head : head + size], whole[head + size : head + 2 * size]
    for changed in (
        whole[:head] + second + first + whole[head + 2 * size :],
        whole[:head] + first + first + whole[head + 2 * size :],
        whole[:head] + second + whole[head + 2 * size :],
        whole + first,
        whole + b"x",
    ):
        with pytest.raises(SealBroken):
            opened(changed)


def test_a_file_in_the_place_of_another_or_with_another_key_is_refused() -> None:
    whole = sealed(b"words", "letter")
    for context, key in (("will", KEY), ("letter", Key.random())):
        with pytest.raises(SealBroken, match=context):
            opened(whole, context, key)
    box = seal(KEY, b"names", "list")
    assert unseal(KEY, box, "list") == b"names"
    for changed in (box[:-1], box + b"x", b"", bytes([box[0] ^ 1]) + box[1:]):
        with pytest.raises(SealBroken):
            unseal(KEY, changed, "list")
    for context, key in (("names", KEY), ("list", Key.random())):
        with pytest.raises(SealBroken):
            unseal(key, box, context)


def test_the_same_bytes_are_never_sealed_alike() -> None:
    assert len({sealed(b"words") for _ in range(5)} | {seal(KEY, b"words", "") for _ in range(5)}) == 10


def test_a_destroyed_file_cannot_be_opened_from_what_its_blocks_held(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(sealed(b"words"))
    kept = tmp_path / "kept"
    kept.hardlink_to(file)  # what the disk may keep of it
    destroy(file)
    destroy(file)
    assert not file.exists()
    with pytest.raises(SealBroken):
        StoredFile(kept, KEY, "letter").content()


def test_a_key_does_not_show_itself() -> None:
    assert KEY.secret.hex()[:8] not in repr(KEY)
    assert "x00" not in repr(KEY)
    assert KEY.derived("a") == KEY.derived("a") != KEY.derived("b")
    assert len(KEY.name_for("a")) == 64
    with pytest.raises(ValueError, match="32"):
        Key(b"short")
