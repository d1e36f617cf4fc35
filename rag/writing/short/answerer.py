"""Where the adapter of our own is, which makes the built-in model answer from numbered sentences."""

from __future__ import annotations

from pathlib import Path

ANSWERER_FILE = Path(__file__).parent / "answerer.gguf"
ANSWERER_SHA256 = "694aa2e2e3ae38d00d0ddbbf1905fe6e34125ed266c49b11e8662528050293da"
"""Hash of the adapter in this package, which `training/answerer/export.py` writes. Where it is empty, the
built-in model does not answer."""
ANSWERER_BASE_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of the model that it was trained for."""
