"""What all tests share: the guard against the network, the embedder, throw-away data folders, small files."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import hypothesis
import pytest

from ingest.parsing.pool import ParserPool
from rag.reader.load import load_reader
from rag.reader.reader import Reader
from tests.documents import new_collection
from tests.places import SHARED
from tests.sample_vault import SampleVault, sample_vault
from tests.small_disk import SmallDisk, small_disk
from tests.spread import Spread, spread
from tests.threads import THREADS
from vault.embedding.embedder import Embedder
from vault.embedding.load import load_embedder
from vault.process.egress import guard_egress
from vault.settings import Settings
from vault.store.collection import Collection
from vault.vault import Vault

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "INCAMERA_THREADS"), str(THREADS))
guard_egress()
# Property tests take the time that they take: no machine is too slow for them.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")
gc.disable()  # until all is imported: nothing of that is garbage, and looking for some takes seconds


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Spread | None:
    """Keep groups of files together where files are."""
    return Spread(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """From here on, look for garbage among what the tests make."""
    gc.enable()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order, and skip what needs the shared data folder where there is none."""
    spread(items)
    if SHARED.is_dir():
        return
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="the shared data folder is not beside the checkout"))


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep every test away from the data of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("INCAMERA_")]:
        if name not in ("INCAMERA_SCREENSHOTS", "INCAMERA_THREADS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INCAMERA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INCAMERA_MODEL", "off")


@pytest.fixture
def models_answer(no_settings_from_outside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let models answer that were chosen, and the built-in one where none was."""
    monkeypatch.delenv("INCAMERA_MODEL")


@pytest.fixture(scope="session")
def embedder_cache(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the OpenVINO copy of the embedding model lies, for all tests and for the next run."""
    cache: pytest.Cache | None = getattr(pytestconfig, "cache", None)  # absent with -p no:cacheprovider
    return cache.mkdir("embedder") if cache else tmp_path_factory.mktemp("embedder")


@pytest.fixture(scope="session")
def embedder(embedder_cache: Path) -> Embedder:
    """The product's embedding model."""
    with one_at_a_time(embedder_cache):
        return load_embedder(embedder_cache, threads=THREADS)


@pytest.fixture(scope="session")
def reader(embedder_cache: Path) -> Reader:
    """The product's reader."""
    with one_at_a_time(embedder_cache):
        return load_reader(embedder_cache, threads=THREADS)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let the process that comes first convert a model, which takes ten seconds of processor time."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@pytest.fixture(scope="session")
def parsers() -> Iterator[ParserPool]:
    """Parsers that all tests of this worker share, with the settings of a user who set nothing."""
    with ParserPool(Settings()) as made:
        yield made


@pytest.fixture
def parsers_lent(parsers: ParserPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lend the shared parsers to commands that start some of their own: each imports for three seconds."""
    for command in ("bench.staff.asking", "training.world.rows"):
        monkeypatch.setattr(f"{command}.ParserPool", lambda _: nullcontext(parsers))


@pytest.fixture(scope="session")
def sample_documents(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, parsers: ParserPool
) -> SampleVault:
    """The sample documents in a vault, of which tests take a copy."""
    own = tmp_path_factory.getbasetemp()
    return sample_vault(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, embedder, parsers)


@pytest.fixture
def data(tmp_path: Path, embedder: Embedder, reader: Reader, embedder_cache: Path) -> Path:
    """A data folder for child processes: the embedder's copy and the reader's are there, a vault is not."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "embedder").symlink_to(embedder_cache)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings as a user has them who set nothing."""
    return Settings(data=tmp_path / "data")


@pytest.fixture
def vault(settings: Settings) -> Iterator[Vault]:
    """An empty vault of the user "local"."""
    with Vault.create(settings.data, user="local", purpose="tests") as made:
        yield made


@pytest.fixture
def collection(vault: Vault) -> Iterator[Collection]:
    """An empty collection named "matter", managed by "local", open until the test ends."""
    with new_collection(vault, "matter") as made:
        yield made


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """An empty disk of 60 MB."""
    with small_disk(tmp_path / "disk", 60) as made:
        if made is None:
            pytest.skip("a small disk cannot be mounted here: it takes root and Linux")
        yield made
