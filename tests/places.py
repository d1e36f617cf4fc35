"""Where things lie that tests look at."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_docs"
SHARED = ROOT.parent / "shared"
"""Data beside the checkout, which is not always there."""
