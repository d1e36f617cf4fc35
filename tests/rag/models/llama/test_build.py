"""The llama.cpp that is installed: it runs the quantised models that people bring, and without tiles."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from deploy.llama import unfit, unsuited
from rag.models.llama.build import build_id, processor_features
from rag.models.llama.chat import LlamaChat
from tests import quantised_gguf

pytestmark = pytest.mark.llama
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed: make llama")

SAYS = "The rent is 900 pounds a month [1]. "
TILES = re.compile(r"\b(tileloadd|tilestored|tilezero|ldtilecfg|tdp\w+)\b")


@pytest.fixture
def chat(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LlamaChat]:
    path = quantised_gguf.write(tmp_path / "model.gguf", request.param, says=SAYS)
    chat = LlamaChat(path=path, max_tokens=64)
    yield chat
    chat.close()


@pytest.mark.parametrize("chat", quantised_gguf.TYPES, indirect=True)
def test_a_quantised_model_reads_and_writes(chat: LlamaChat) -> None:
    written = chat.invoke(f"{SAYS * 4}What is the rent?").text
    assert chat.load().last_run.new_tokens == 64
    assert written.startswith(SAYS * 2)


def test_the_build_suits_this_machine() -> None:
    assert unfit() == ""


def test_no_tile_instruction_is_in_any_of_its_libraries() -> None:
    if shutil.which("objdump") is None:
        pytest.skip("objdump is not installed: apt-get install binutils")
    found = find_spec("llama_cpp")
    assert found is not None and found.origin is not None
    libraries = sorted((Path(found.origin).parent / "lib").glob("*ggml-cpu*"))
    assert libraries
    for library in {path.read_bytes(): path for path in libraries}.values():
        code = subprocess.run(["objdump", "-d", library], capture_output=True, text=True, check=True).stdout
        assert len(code) > 100_000
        assert TILES.findall(code)[:3] == []


def test_what_a_build_says_of_itself_is_held_against_the_processor() -> None:
    said = "CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 1 | AMX_INT8 = 0 | "
    assert unsuited(said, ("avx2", "avx512f")) == ""
    assert "another processor (AVX512)" in unsuited(said, ("avx2",))
    assert unsuited(said, ()) == ""
    assert "tile instructions (AMX_INT8)" in unsuited(
        said.replace("AMX_INT8 = 0", "AMX_INT8 = 1"), ("avx2", "avx512f", "amx_int8")
    )


def test_another_processor_or_another_build_has_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build_id()
    assert before == build_id() != ""
    other = tmp_path / "cpuinfo"
    other.write_text("processor : 0\nflags : sse2 avx\nprocessor : 1\nflags : sse2 avx\n")
    monkeypatch.setattr("rag.models.llama.build._PROCESSOR", other)
    assert processor_features() == ("avx", "sse2")
    assert build_id() != before
    monkeypatch.setattr("rag.models.llama.build._PROCESSOR", tmp_path / "nowhere")
    assert processor_features() == ()
