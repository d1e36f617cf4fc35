"""Answers go out: retrieve, find evidence, abstain or answer, verify."""

import vault  # noqa: F401  (takes the process offline before any library is imported)
