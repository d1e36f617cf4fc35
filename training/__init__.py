"""How the reader in `rag/` is trained. Not part of the wheel: `docs/reader.md` says how to run it."""
