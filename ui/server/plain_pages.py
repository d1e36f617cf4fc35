"""The pages outside of the application: no scripts, and nothing about the vault."""

from __future__ import annotations

import os
from html import escape

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Incamera</title>{head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f7f6f3; color: #23282d;
       font: 17px/1.6 Georgia, "Times New Roman", serif; }}
main {{ max-width: 34rem; padding: 2.5rem; background: #fff; border: 1px solid #dedad2;
       border-top: 3px solid #1f5457; }}
h1 {{ font-size: 1.35rem; margin: 0 0 .8rem; font-weight: 600; }}
code {{ font: 0.85em ui-monospace, Menlo, Consolas, monospace; background: #f1efea; padding: .1em .35em; }}
p {{ margin: .7rem 0; }}
</style></head><body><main><h1>{title}</h1>{body}</main></body></html>
"""


def signed_out_page() -> str:
    """Return the page for a request without a session."""
    return _FRAME.format(
        head="",
        title="Open Incamera with its link",
        body=(
            "<p>This page opens with the link that was printed where Incamera was started. "
            "Each link works once, in one browser. The browser then stays signed in, even when Incamera "
            "restarts, until you sign out, close the browser, or do not use the page for some days.</p>"
            "<p>Unless you signed out, your conversation comes back when you sign in with the same "
            "browser.</p>"
            "<p>For a new link, restart Incamera, or run this command on this computer:</p>"
            f"<p><code>kill -USR1 {os.getpid()}</code></p>"
            "<p>The new link is printed in the same place as the first one.</p>"
        ),
    )


def signed_in_page() -> str:
    """Return the page that follows a link and continues to the application by itself."""
    return _FRAME.format(
        head='<meta http-equiv="refresh" content="0; url=/">',
        title="Signed in",
        body='<p><a href="/">Continue to Incamera</a></p>',
    )


def storage_page(problem: str) -> str:
    """Return the page for a browser that cannot be signed in because the vault cannot store its session."""
    return _FRAME.format(
        head="",
        title="Incamera cannot sign you in now",
        body=f"<p>{escape(problem)}</p><p>Then open the same link again.</p>",
    )


def wrong_host_page() -> str:
    """Return the page for a request under another host name, or from another page."""
    return _FRAME.format(
        head="",
        title="This address does not work",
        body="<p>Use the address in the link that Incamera printed; it answers to no other.</p>",
    )
