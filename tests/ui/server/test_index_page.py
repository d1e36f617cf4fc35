"""The first page that a browser loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from ui.server.csp import inline_scripts
from ui.server.index_page import SCRIPT_PATH, incamera_index

STREAMLIT_INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def test_the_first_page_has_our_words_and_loads_our_script_first() -> None:
    index = incamera_index(STREAMLIT_INDEX)
    shown = re.sub("<!--.*?-->|<[^>]*>", "", index, flags=re.DOTALL)
    assert "Streamlit" not in shown
    assert "Incamera needs JavaScript" in shown
    assert "<title>Incamera</title>" in index
    assert "service-desc" not in index
    assert index.index(f'<script src="{SCRIPT_PATH}">') < index.index("<script type=")
    assert inline_scripts(index) == inline_scripts(STREAMLIT_INDEX)


def test_a_page_without_a_head_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no head"):
        incamera_index("<html><body></body></html>")
