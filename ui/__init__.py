"""What people and programs use: the command line, the web page and its server."""

import vault  # noqa: F401  (takes the process offline before any library is imported)
