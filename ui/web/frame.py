"""What every page has: title, logo and style."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw

from ui.web.streamlit_config import ACCENT

_STYLE = Path(__file__).parent / "style.css"
# The logo is a page with a highlighted line: (left, top, right, bottom, colour) of each rectangle.
_LOGO = (
    (1, 5, 23, 31, ACCENT),
    (6, 12, 18, 14, "#ffffff"),
    (5, 16, 19, 21, "#ffdf6b"),
    (6, 23, 14, 25, "#ffffff"),
)


def set_up_page() -> None:
    """Set up the title, the logo and the style. The page's script calls this first."""
    st.set_page_config(page_title="Incamera", page_icon=_icon(), layout="wide")
    st.logo(_logo(), size="large")
    st.html(f"<style>{_style()}</style>")


@cache
def _logo() -> str:
    rectangles = "".join(
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="{colour}"/>'
        for left, top, right, bottom, colour in _LOGO
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="172" height="36" viewBox="0 0 172 36">'
        f'{rectangles}<text x="33" y="26" font-family="Georgia, \'Times New Roman\', serif" '
        'font-size="23" fill="#23282d">Incamera</text></svg>'
    )


@cache
def _icon() -> Image.Image:
    icon = Image.new("RGBA", (36, 36), (0, 0, 0, 0))
    draw = ImageDraw.Draw(icon)
    for left, top, right, bottom, colour in _LOGO:
        draw.rectangle((left + 6, top, right + 5, bottom - 1), fill=colour)
    return icon


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
