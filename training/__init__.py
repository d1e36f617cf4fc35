"""Training of the reader in `rag/reader/`, not part of the wheel; `docs/reader.md` says how to run it."""
