"""`incamera serve`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import say
from ui.cli.owner import take_vault_for_server
from ui.cli.terminated import Terminated
from vault.settings import Settings


def serve(
    port: Annotated[int | None, typer.Option(help="Port; default: INCAMERA_PORT, else 8765.")] = None,
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen at; default: INCAMERA_HOST, else this machine only."),
    ] = None,
    sign_out: Annotated[
        bool, typer.Option("--sign-out", help="Sign out every browser; each then needs a new link.")
    ] = False,
) -> None:
    """Serve the web page on this machine, and print a link that signs a browser in."""
    say("Starting. The link to the page follows.")
    # Imported here: Streamlit takes seconds to load, and no other command needs it.
    from ui.server.server import serve as serve_forever

    settings = Settings.load(port=port, host=host)
    try:
        with take_vault_for_server(settings) as services:
            # Loaded now: a model file that cannot be used is reported here, not at the first question.
            services.answerer  # noqa: B018
            serve_forever(services, port=settings.port, sign_out=sign_out)
    except Terminated:
        say("Stopped.")  # while it was starting, which is as good an end as a later one
