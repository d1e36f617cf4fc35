"""The source beside the answer: the page that a citation names, with the cited words highlighted."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape

import streamlit as st

from ingest.parsed.page_image import PageImage
from ui.services.sources import SourceView
from ui.web import context
from ui.web.text import escape_text, shorten, show_notice
from vault.errors import IncameraError
from vault.records import Citation, Document
from vault.text.counted import counted

_SOURCE_KEY = "open_source"
_MAX_CONTEXT = 20_000
"""Characters of a page's text that are shown on either side of a quote."""
_INVISIBLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65534, 65535))


@dataclass(frozen=True, slots=True)
class OpenSource:
    """An open citation, and the page of its document that is shown."""

    citation: Citation
    page: int


def current_source() -> OpenSource | None:
    """Return the open source, or None."""
    source: OpenSource | None = st.session_state.get(_SOURCE_KEY)
    return source


def open_source(citation: Citation) -> None:
    """Open the place that a citation names."""
    st.session_state[_SOURCE_KEY] = OpenSource(citation, citation.page)


def close_source() -> None:
    """Close the open source, if there is one."""
    st.session_state.pop(_SOURCE_KEY, None)


def show_source(source: OpenSource) -> None:
    """Show a source, with buttons for the pages around it."""
    web = context.current()
    try:
        view = web.sources.view(source.citation, source.page, user=web.user)
    except IncameraError as error:
        st.html(f'<h3 class="ic-source-name">{escape_text(source.citation.document)}</h3>')
        show_notice(str(error), "error")
        _show_close_button()
        return
    _show_header(source, view)
    if view.problem:
        show_notice(view.problem, "warn")
    if view.image is not None:
        st.html(_image_html(view, view.image))
    else:
        st.html(_text_html(view))
    for warning in view.document.warnings:
        show_notice(warning, "warn")
    if view.document.unread:
        _show_unread(view.document)


def _show_unread(document: Document) -> None:
    """List what the document holds and was not read."""
    with st.expander(f"Not read: {counted(len(document.unread), 'part')}"):
        rows = "".join(f"<li>{escape_text(str(part))}</li>" for part in document.unread)
        st.html(f'<ul class="ic-failures">{rows}</ul>')


def _show_header(source: OpenSource, view: SourceView) -> None:
    name = shorten(view.document.name, 60)
    page_name = escape_text(view.page.name.beside(view.page.number))
    page = f"Page {view.page.number} of {view.document.pages}{page_name}"
    also = f" · {escape_text(view.page.label)}" if view.page.label else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="source-head"):
        st.html(
            f'<div class="ic-source-name" title="{escape_text(view.document.name)}">{escape_text(name)}</div>'
            f'<div class="ic-meta">{page}{also}</div>'
        )
        number, pages = view.page.number, view.document.pages
        _page_button(
            "Previous page", "source-previous", ":material/arrow_back:", source, number - 1, number > 1
        )
        _page_button(
            "Next page", "source-next", ":material/arrow_forward:", source, number + 1, number < pages
        )
        if view.quote is None:
            _page_button("Back to the quote", "source-back", None, source, source.citation.page, True)
        _show_close_button(":material/close:")


def _show_close_button(icon: str | None = None) -> None:
    st.button(
        "Close the source",
        key="source-close",
        icon=icon,
        on_click=close_source,
        type="tertiary",
        shortcut="Escape",
    )


def _page_button(name: str, key: str, icon: str | None, source: OpenSource, page: int, enabled: bool) -> None:
    st.button(
        name,
        key=key,
        icon=icon,
        type="tertiary",
        disabled=not enabled,
        on_click=_open_page,
        args=(source.citation, page),
    )


def _open_page(citation: Citation, page: int) -> None:
    st.session_state[_SOURCE_KEY] = OpenSource(citation, page)


def _image_html(view: SourceView, image: PageImage) -> str:
    # The image is part of the page: at an address of its own, the link would show it to others.
    data = base64.b64encode(image.png).decode("ascii")
    about = f"Page {view.page.number} of {escape_text(view.document.name)}"
    top = 100 * image.boxes[0].top / image.height if image.boxes else 0
    return (
        '<div class="ic-page" tabindex="0">'
        f'<img class="ic-page-image" alt="{about}" src="data:image/png;base64,{data}">'
        f'<span class="ic-anchor" style="top:{top:.2f}%"></span></div>'
    )


def _text_html(view: SourceView) -> str:
    text = view.page.text
    start, end = view.quote or (0, 0)
    first, last = max(start - _MAX_CONTEXT, 0), min(end + _MAX_CONTEXT, len(text))
    before, quote, after = (
        _escape_page_text(text[first:start]),
        _escape_page_text(text[start:end]),
        _escape_page_text(text[end:last]),
    )
    more_before, more_after = "… " if first else "", " …" if last < len(text) else ""
    return (
        f'<div class="ic-page ic-page-text" tabindex="0">{more_before}{before}'
        f'<span class="ic-place"></span><mark class="ic-mark">{quote}</mark>{after}{more_after}</div>'
    )


def _escape_page_text(text: str) -> str:
    return escape(text.translate(_INVISIBLE), quote=True)
