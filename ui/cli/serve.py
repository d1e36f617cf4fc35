"""`incamera serve`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import say
from vault.settings import Settings


def serve(
    port: Annotated[int | None, typer.Option(help="Port; default: INCAMERA_PORT, else 8765.")] = None,
    sign_out: Annotated[
        bool, typer.Option("--sign-out", help="Sign out every browser; each then needs a new link.")
    ] = False,
) -> None:
    """Serve the web page on this machine, and print a link that signs a browser in."""
    say("Starting. The link to the page follows.")
    # Imported here: Streamlit takes seconds to load, and no other command needs it.
    from ui.server.server import serve as serve_forever
    from ui.services.services import Services

    settings = Settings.load(port=port)
    with Services(settings, purpose="incamera serve", create=True, say=say) as services:
        # Loaded now, so that a model file that cannot be used is reported here, not at the first question.
        services.answerer  # noqa: B018
        serve_forever(services, port=settings.port, sign_out=sign_out)
