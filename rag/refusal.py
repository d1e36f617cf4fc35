"""What a language model writes when what it was given holds no answer."""

from __future__ import annotations

REFUSAL = "The documents do not say."
"""The model must write this, and nothing else."""
