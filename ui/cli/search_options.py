"""The options that say which documents a command searches."""

from __future__ import annotations

from typing import Annotated

import typer

CollectionsOption = Annotated[
    list[str] | None,
    typer.Option("--collection", "-c", help="A collection to search; repeat for more. Default: all."),
]
DocumentsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="SHA256",
        help="Search only this document, even an older version; 8 or more digits of its sha256; repeat for "
        "more.",
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FIELD=VALUE",
        help="Search only documents that match: FIELD is a field of a manifest, or name, title, type, added. "
        "Also !=, and >=, <=, >, < for numbers and dates; * matches any letters. Repeat for more.",
    ),
]
SupersededOption = Annotated[
    bool, typer.Option("--superseded", help="Also search older versions of documents.")
]
