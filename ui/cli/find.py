"""`incamera find`"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from ui.cli.console import errors, output, print_json, say, without_control
from ui.cli.owner import vault_owner
from ui.cli.search_options import CollectionsOption, DocumentsOption, SupersededOption, WhereOption
from ui.interface.schemas.answers import FilterUnderstood, Mentions, Search
from ui.services.answer_words import not_read
from vault.settings import Settings
from vault.text.counted import counted


def find(
    term: Annotated[
        str, typer.Argument(help='A word or phrase; "terminat*" finds all its endings.', show_default=False)
    ],
    collection: CollectionsOption = None,
    document: DocumentsOption = None,
    where: WhereOption = None,
    superseded: SupersededOption = False,
    count: Annotated[
        bool, typer.Option("--count", help="Print only pages and counts, without the text around.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every place as JSON.")] = False,
) -> None:
    """List and count every place where a word or phrase occurs.

    The exit code is 0 even if it occurs nowhere.
    """
    settings = Settings.load()
    with vault_owner(settings, "incamera find") as owner, errors.status("Reading the documents"):

        def show(event: FilterUnderstood) -> None:
            say(event.message)

        asked = Search(
            term=term,
            collections=collection or [],
            documents=document or [],
            where=where or [],
            superseded=superseded,
        )
        found = owner.answers.find(asked, show)
    if as_json:
        print_json(found)
    else:
        _print(found, count)


def _print(found: Mentions, only_counts: bool) -> None:
    searched, documents = found.searched, found.documents
    pages = sum(len(one.pages) for one in documents)
    places = (
        f"occurs in {counted(found.count, 'place')} on {counted(pages, 'page')} "
        f"of {counted(len(documents), 'document')}"
    )
    result = places if found.count else "was not found"
    output.print(f"“{found.term}” {result}.", style="bold", markup=False)
    output.print(
        f"Read {counted(searched.documents, 'document')} ({counted(searched.pages, 'page')})"
        + (f"; {unread}." if (unread := not_read(searched.failed, searched.partial, short=True)) else "."),
        style="dim",
    )
    for one in documents:
        listed = ", ".join(f"{page} ({times})" if times > 1 else page for page, times in one.pages.items())
        output.print(f"{one.document}: {one.count:,}; page {listed}", style="cyan", markup=False)
        for mention in () if only_counts else one.mentions:
            page = f"{mention.page}{without_control(mention.page_name.beside(mention.page))}"
            line = Text(f"    p. {page}  …{without_control(mention.before)} ")
            line.append(without_control(" ".join(mention.quote.split())), style="bold")
            line.append(f" {without_control(mention.after)}…")
            output.print(line)
