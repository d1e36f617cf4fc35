"""Where the adapter of our own is, which makes the built-in model answer from numbered sentences."""

from __future__ import annotations

from pathlib import Path

ANSWERER_FILE = Path(__file__).parent / "answerer.gguf"
ANSWERER_SHA256 = ""
"""Empty as long as no adapter is shipped: then the built-in model does not answer."""
ANSWERER_BASE_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of the model that it was trained for."""
