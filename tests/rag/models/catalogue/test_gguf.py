"""What a GGUF file says of itself, and what is said of a broken one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from rag.models.catalogue.gguf import inspect
from tests import tiny_gguf
from tests.places import SHARED
from vault.errors import ModelDamaged, ModelNotFound

SHARED_MODELS = SHARED / "models"


def test_a_model_file_tells_its_name_size_template_and_hash(tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", says="Yes.", context_length=1024)
    found = inspect(path)
    assert (found.name, found.architecture, found.context_length) == ("tiny", "llama", 1024)
    assert found.quantisation == "F32"
    assert found.template == tiny_gguf.WITH_SYSTEM
    assert found.size == path.stat().st_size
    assert found.parameters * 4 < found.size
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_without_a_template_has_none(tmp_path: Path) -> None:
    assert inspect(tiny_gguf.write(tmp_path / "tiny.gguf", template=None)).template is None


def test_hashing_can_be_left_out(tmp_path: Path) -> None:
    assert inspect(tiny_gguf.write(tmp_path / "tiny.gguf"), hashed=False).sha256 == ""


def test_the_same_arguments_write_the_same_tiny_model(tmp_path: Path) -> None:
    one, other = (tiny_gguf.write(tmp_path / name) for name in ("one.gguf", "other.gguf"))
    assert one.read_bytes() == other.read_bytes()


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"nothing\.gguf"):
        inspect(tmp_path / "nothing.gguf")


def test_a_folder_is_not_a_model_file(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        inspect(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"GG", b"%PDF-1.7 and so on", b"GGUF\x03\x00\x00\x00" + b"\xff" * 500]
)
def test_junk_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelDamaged, match="Copy it again"):
        inspect(path)


def test_a_file_that_states_an_endless_context_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match="a context of 2000000000 tokens"):
        inspect(tiny_gguf.write(tmp_path / "endless.gguf", context_length=2_000_000_000))
    long = tiny_gguf.write(tmp_path / "long.gguf", context_length=10_485_760)
    assert inspect(long).context_length == 10_485_760


def test_a_file_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = tiny_gguf.write(tmp_path / "tiny.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    for kept in (10, 30, 200, 2_000, 6_000, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:kept])
        with pytest.raises(ModelDamaged):
            inspect(cut)


def test_any_flipped_byte_of_the_header_is_survived(tmp_path: Path) -> None:
    whole = tiny_gguf.write(tmp_path / "tiny.gguf").read_bytes()
    path = tmp_path / "flipped.gguf"
    for place in range(4, 1_200, 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            inspect(path, hashed=False)
        except ModelDamaged:
            continue


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["stories260K", "ggml-vocab-llama-spm", "ggml-vocab-phi-3", "ggml-vocab-falcon"]
)
def test_files_of_other_makers_are_read(name: str) -> None:
    found = inspect(SHARED_MODELS / f"{name}.gguf")
    assert found.architecture
    assert found.context_length >= 2048
