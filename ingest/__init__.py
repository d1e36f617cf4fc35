"""Documents come in: discover, read in a child process, chunk, embed, add."""

import vault  # noqa: F401  (takes the process offline before any library is imported)
