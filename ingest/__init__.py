"""Ingest files: discover them, parse them in a child process, cut them into chunks, embed and store them."""

import vault  # noqa: F401  (blocks the network before any library is imported)
