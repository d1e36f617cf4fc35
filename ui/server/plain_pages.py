"""The pages outside of the application: no scripts, and nothing about the vault."""

from __future__ import annotations

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
label {{ display: block; margin: .9rem 0 .2rem; font-size: .92rem; }}
input {{ box-sizing: border-box; width: 100%; padding: .5rem .6rem; font: inherit;
        border: 1px solid #b9b3a8; }}
button {{ margin: 1.2rem 0 .4rem; padding: .5rem 1.4rem; font: inherit; color: #fff; background: #1f5457;
         border: 0; cursor: pointer; }}
input:focus-visible, button:focus-visible {{ outline: 2px solid #1f5457; outline-offset: 2px; }}
.button {{ display: inline-block; margin: .6rem 0; padding: .5rem 1.4rem; color: #fff; background: #1f5457;
          text-decoration: none; }}
.problem {{ padding: .6rem .9rem; border-left: 3px solid #a33a2a; background: #fbf1ef; }}
.small {{ font-size: .88rem; color: #666c70; }}
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
            "<p>For a new link, restart Incamera, or type the command that was printed under the first "
            "one.</p>"
        ),
    )


def sign_in_page(
    token: str, name: str, problem: str, *, locked: bool, by_link: bool, provider: str = ""
) -> str:
    """Return the page that asks for a name and a password.

    `token` is sent back with the form, `name` is filled in. `locked` says that a session of that user waits;
    `by_link`, that there is a user whom a link signs in; `provider`, with whom one can sign on instead.
    """
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    lead = (
        "<p>Nobody used this page for a while, so nothing is shown. Give your password to go on where you "
        "were, or sign in as somebody else.</p>"
        if locked
        else ""
    )
    first = ("", " autofocus") if name else (" autofocus", "")
    return _FRAME.format(
        head="",
        title="Locked" if locked else "Sign in to Incamera",
        body=(
            f'{lead}{said}{_provider_link(provider)}<form method="post" action="/login">{_hidden(token)}'
            f"{_field('name', 'Name', 'text', 'username', name, first[0])}"
            f"{_field('password', 'Password', 'password', 'current-password', '', first[1])}"
            f"<button>{'Unlock' if locked else 'Sign in'}</button></form>"
            f"{_LINK_TOO if by_link else ''}"
            '<p class="small">Forgotten? An administrator of Incamera can give you a new password. '
            '<a href="/password">Change a password</a></p>'
        ),
    )


def sign_on_page(provider: str, *, locked: bool, by_link: bool) -> str:
    """Return the page where nobody has a password, and `provider` (its host) signs people on."""
    lead = "<p>Nobody used this page for a while, so nothing is shown. Sign in to go on where you were.</p>"
    return _FRAME.format(
        head="",
        title="Locked" if locked else "Sign in to Incamera",
        body=f"{lead if locked else ''}{_provider_link(provider)}{_LINK_TOO if by_link else ''}",
    )


def sign_on_failed_page(problem: str) -> str:
    """Return the page for somebody whom the provider did not sign on."""
    return _FRAME.format(
        head="",
        title="You are not signed in",
        body=(
            f'<p class="problem" role="alert">{escape(problem)}</p>'
            '<p><a href="/sign-on">Try again</a> · <a href="/">Sign in in another way</a></p>'
        ),
    )


def coming_back_page(address: str) -> str:
    """Return the page that goes on to `address`, a path here, by itself."""
    target = escape(address, quote=True)
    return _FRAME.format(
        head=f'<meta http-equiv="refresh" content="0; url={target}">',
        title="Signing in",
        body=f'<p><a href="{target}">Continue</a></p>',
    )


def change_password_page(token: str, name: str, problem: str, shortest: int) -> str:
    """Return the page on which a user exchanges a temporary or known password for one of their own.

    `shortest` is how many characters it must have.
    """
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return _FRAME.format(
        head="",
        title="Choose your own password",
        body=(
            "<p>A password that was given to you works once: nobody else may know the one that you use. It "
            f"must have at least {shortest} characters; several words that do not belong together are easy "
            f'to remember.</p>{said}<form method="post" action="/password">{_hidden(token)}'
            f"{_field('name', 'Name', 'text', 'username', name)}"
            f"{_field('password', 'Present password', 'password', 'current-password')}"
            f"{_field('new', 'New password', 'password', 'new-password')}"
            f"{_field('again', 'New password once more', 'password', 'new-password')}"
            "<button>Change and sign in</button></form>"
            '<p class="small"><a href="/">Back</a></p>'
        ),
    )


def refused_page(problem: str) -> str:
    """Return the page for a request that cannot be read."""
    return _FRAME.format(head="", title="That did not work", body=f"<p>{escape(problem)}</p>")


_LINK_TOO = '<p class="small">You can also open the link that was printed where Incamera was started.</p>'


def _provider_link(provider: str) -> str:
    if not provider:
        return ""
    return f'<p><a class="button" href="/sign-on">Sign in with {escape(provider)}</a></p>'


def _hidden(token: str) -> str:
    return f'<input type="hidden" name="form" value="{escape(token, quote=True)}">'


def _field(name: str, label: str, kind: str, completed: str, value: str = "", more: str = "") -> str:
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" required'
        f' autocomplete="{completed}" value="{escape(value, quote=True)}"{more}>'
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
