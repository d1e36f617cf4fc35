"""People and programs come in: command line, web pages, HTTP."""

import vault  # noqa: F401  (takes the process offline before any library is imported)
