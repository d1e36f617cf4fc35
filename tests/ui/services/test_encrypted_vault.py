"""What the page's services do with an encrypted vault: uploads, page images, a job that goes on later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import waiting
from tests.documents import new_collection
from tests.places import SAMPLES
from tests.uploads import stored
from tests.vault.encryption.vaults import encrypted_vault, readable
from ui.services.jobs import Jobs
from ui.services.services import Services
from ui.services.sources import Sources
from vault.access import Action
from vault.embedding.embedder import Embedder
from vault.errors import KeyMissing
from vault.keys.source import KeySource
from vault.ledger.jobs import Task
from vault.records import Citation
from vault.settings import Settings
from vault.vault import Vault

WORD = "Zanzibarquux"


@pytest.mark.slow
def test_an_upload_is_read_by_the_next_server_and_its_page_is_drawn(
    tmp_path: Path, embedder: Embedder
) -> None:
    settings = Settings(data=tmp_path / "data", key_file=tmp_path / "key")
    order = (SAMPLES / "legal" / "court_order.pdf").read_bytes()
    with encrypted_vault(settings.data, tmp_path / "key") as vault, new_collection(vault, "matter"):
        upload = stored(vault, "matter", (f"{WORD}.txt", f"{WORD} was here."), ("order.pdf", order))
        vault.begin_job("matter", Task((), upload=upload), user="local")
        assert readable(settings.data, (WORD, order[200:240].decode("latin-1"))) == []
    with Vault(settings.data, purpose="tests", key=KeySource(tmp_path / "key")) as vault:
        jobs = Jobs(vault, settings, lambda: embedder)
        waiting.until(lambda: jobs.views("matter", "local")[0].finished)
        assert jobs.views("matter", "local")[0].failed == ()
        jobs.close()
        assert not any(settings.data.glob("incoming/*"))
        with vault.open_collection("matter", user="local", action=Action.SEARCH) as collection:
            (document,) = (one for one in collection.catalogue.documents() if one.name == "order.pdf")
            page = collection.catalogue.pages.find(document.sha256, 1)
        sources = Sources(vault, settings)
        citation = Citation("order.pdf", document.sha256, 1, 0, 10, page.text[:10], "matter")
        view = sources.view(citation, 1, user="local")
        sources.close()
        assert view.problem == ""
        assert view.image is not None
        assert readable(settings.data, (WORD,)) == []


def test_a_server_makes_no_plain_vault_where_a_key_is_set(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", key_file=tmp_path / "key")
    with pytest.raises(KeyMissing, match="incamera init --key-file"):
        Services(settings, purpose="tests", create=True)
    assert not settings.data.exists()
