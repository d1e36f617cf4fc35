"""The source beside the answer: the page that a citation names, its words highlighted."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape

import streamlit as st

from ingest.parsed.page_image import PageImage
from ui.services.sources import SourceView
from ui.web import context
from ui.web.plain import notice, shorten, shown
from vault.errors import IncameraError
from vault.records import Citation

_KEY = "open_source"
_MOST_AROUND = 20_000  # characters shown on either side of a quote
_INVISIBLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65534, 65535))


@dataclass(frozen=True, slots=True)
class OpenSource:
    """What is open: a citation, and the page of its document that is shown."""

    citation: Citation
    page: int


def opened() -> OpenSource | None:
    """The source that is open; None when there is none."""
    source: OpenSource | None = st.session_state.get(_KEY)
    return source


def open_source(citation: Citation) -> None:
    """Show the place that a citation names."""
    st.session_state[_KEY] = OpenSource(citation, citation.page)


def close_source() -> None:
    """Show none."""
    st.session_state.pop(_KEY, None)


def source_panel(source: OpenSource) -> None:
    """Draw the open source, with the way to the pages around it."""
    web = context.current()
    try:
        view = web.sources.view(source.citation, source.page, user=web.user)
    except IncameraError as error:
        st.html(f'<h3 class="ic-source-name">{shown(source.citation.document)}</h3>')
        notice(str(error), "error")
        _close()
        return
    _head(source, view)
    if view.problem:
        notice(view.problem, "warn")
    if view.image is not None:
        st.html(_image(view, view.image))
    else:
        st.html(_text(view))
    for warning in view.document.warnings:
        notice(warning, "warn")


def _head(source: OpenSource, view: SourceView) -> None:
    name = shorten(view.document.name, 60)
    page = f"Page {view.page.number} of {view.document.pages}"
    also = f" · {shown(view.page.label)}" if view.page.label else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="source-head"):
        st.html(
            f'<div class="ic-source-name" title="{shown(view.document.name)}">{shown(name)}</div>'
            f'<div class="ic-meta">{page}{also}</div>'
        )
        number, pages = view.page.number, view.document.pages
        _button("Page before", "source-previous", ":material/arrow_back:", source, number - 1, number > 1)
        _button("Next page", "source-next", ":material/arrow_forward:", source, number + 1, number < pages)
        if view.quote is None:
            _button("Back to the quote", "source-back", None, source, source.citation.page, True)
        _close(":material/close:")


def _close(icon: str | None = None) -> None:
    st.button(
        "Close the source",
        key="source-close",
        icon=icon,
        on_click=close_source,
        type="tertiary",
        shortcut="Escape",
    )


def _button(name: str, key: str, icon: str | None, source: OpenSource, page: int, enabled: bool) -> None:
    st.button(
        name,
        key=key,
        icon=icon,
        type="tertiary",
        disabled=not enabled,
        on_click=_turn_to,
        args=(source.citation, page),
    )


def _turn_to(citation: Citation, page: int) -> None:
    st.session_state[_KEY] = OpenSource(citation, page)


def _image(view: SourceView, image: PageImage) -> str:
    # Inside the page and not at an address: a page of a matter is not to be had by its link.
    data = base64.b64encode(image.png).decode("ascii")
    about = f"Page {view.page.number} of {shown(view.document.name)}"
    top = 100 * image.boxes[0].top / image.height if image.boxes else 0
    return (
        '<div class="ic-page" tabindex="0">'
        f'<img class="ic-page-image" alt="{about}" src="data:image/png;base64,{data}">'
        f'<span class="ic-anchor" style="top:{top:.2f}%"></span></div>'
    )


def _text(view: SourceView) -> str:
    text = view.page.text
    start, end = view.quote or (0, 0)
    first, last = max(start - _MOST_AROUND, 0), min(end + _MOST_AROUND, len(text))
    before, quote, after = _clean(text[first:start]), _clean(text[start:end]), _clean(text[end:last])
    more_before, more_after = "… " if first else "", " …" if last < len(text) else ""
    return (
        f'<div class="ic-page ic-page-text" tabindex="0">{more_before}{before}'
        f'<span class="ic-place"></span><mark class="ic-mark">{quote}</mark>{after}{more_after}</div>'
    )


def _clean(text: str) -> str:
    return escape(text.translate(_INVISIBLE), quote=True)
