"""The first page that a browser loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from ui.server.csp import inline_scripts
from ui.server.index_page import SCRIPT_PATH, own_index

THEIRS = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def test_the_first_page_speaks_our_words_and_loads_our_script_first() -> None:
    ours = own_index(THEIRS)
    shown = re.sub("<!--.*?-->|<[^>]*>", "", ours, flags=re.DOTALL)
    assert "Streamlit" not in shown
    assert "Incamera needs JavaScript" in shown
    assert "<title>Incamera</title>" in ours
    assert "service-desc" not in ours
    assert ours.index(f'<script src="{SCRIPT_PATH}">') < ours.index("<script type=")
    assert inline_scripts(ours) == inline_scripts(THEIRS)


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no head"):
        own_index("<html><body></body></html>")
