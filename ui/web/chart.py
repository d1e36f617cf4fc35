"""A line chart of values over time, drawn by the browser from data that is part of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from rag.direct.answer import AnswerRow
from ui.web.streamlit_config import ACCENT
from vault.text.dates.spoken import day_words

_LEAST_NUMBERS = 3
_MOST_LINES = 5
_HEIGHT = 220
"""Pixels"""


def show_chart(number: int, rows: Sequence[AnswerRow]) -> None:
    """Show the numbers of the rows by their days, if there are at least three of one unit."""
    # With a time and no zone, the browser reads a day as one of its own zone, and shows the same day.
    points = [
        {"day": f"{row.date.isoformat()}T00:00:00", "value": row.number, "of": _line_of(row)}
        for row in rows
        if row.date is not None and row.number is not None
    ]
    lines = {str(point["of"]) for point in points}
    units = {row.unit for row in rows if row.number is not None}
    if len(points) < _LEAST_NUMBERS or len(units) > 1 or len(lines) > _MOST_LINES:
        return
    # Imported here: most answers have no chart, and the library takes a while to load.
    import altair

    axis = altair.Axis(format="%-d %b %Y", labelAngle=0, tickCount=5, labelFlush=False)
    days = altair.X("day:T", title=None, axis=axis)
    values = altair.Y("value:Q", title=" ".join(units), scale=altair.Scale(zero=False))
    encoding: dict[str, Any] = {"x": days, "y": values}
    if len(lines) > 1:
        encoding["color"] = altair.Color("of:N", title=None, legend=altair.Legend(orient="bottom"))
    else:
        encoding["color"] = altair.value(ACCENT)
    chart = (
        altair.Chart(altair.InlineData(values=points))
        .mark_line(point=True)
        .encode(**encoding)
        .properties(height=_HEIGHT)
    )
    with st.container(key=f"chart-{number}"):
        st.altair_chart(chart)


def _line_of(row: AnswerRow) -> str:
    """Return whose or what value a row has: its label without the day."""
    if row.date is None:
        return row.label
    day = day_words(row.date)
    return row.label.replace(day, "").strip(" ,")
