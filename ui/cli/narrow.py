"""The options by which a command narrows the documents that it looks in."""

from __future__ import annotations

from typing import Annotated

import typer

CollectionsOption = Annotated[
    list[str] | None,
    typer.Option("--collection", "-c", help="A collection to search; again for more. Default: all."),
]
DocumentsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="SHA256",
        help="Search this document only, a superseded one too; 8 or more digits; again for more.",
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FIELD=VALUE",
        help="Only documents of which this holds: fields of a manifest, or name, title, type, added. "
        "Also !=, >=, <=, >, < for numbers and dates, and * for any letters. Again for more.",
    ),
]
SupersededOption = Annotated[
    bool, typer.Option("--superseded", help="Search older versions of documents too.")
]
