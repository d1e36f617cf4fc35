"""Read charts and diagrams (SmartArt) in Word files and on slides.

They are in parts of their own, which python-docx, python-pptx and unstructured skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.xml_parser import safe_parser
from vault.records import ElementKind


def add_drawings(composer: PageComposer, part: Any) -> None:
    """Put the charts and diagrams of `part` (of python-docx or python-pptx) on the page.

    A chart becomes its title and the table that it was drawn from, a diagram becomes its words.
    """
    for relation in part.rels.values():
        if relation.is_external:
            continue
        kind = relation.reltype.rpartition("/")[2]
        if kind in KINDS:
            try:
                root = etree.fromstring(relation.target_part.blob, safe_parser())
            except etree.XMLSyntaxError:
                continue  # the drawing is broken, but not the text around it
            add_drawing(composer, kind, root)


KINDS = ("chart", "chartEx", "diagramData")
"""The relations that lead to a chart or diagram."""


def add_drawing(composer: PageComposer, kind: str, root: Any, known: str = "") -> None:
    """Put a chart or diagram on the page; `kind` is one of `KINDS` and `root` the XML of its part.

    Of a chart whose values stand in the text `known` only the titles are added.
    """
    if kind == "chart":
        _add_chart(composer, root, known)
        return
    parts = root.iter("{*}pt") if kind == "diagramData" else root.iter("{*}txData", "{*}rich")
    words = [text for part in parts if (text := _words(part) or " ".join(part.itertext("{*}v")).strip())]
    label = "Diagram" if kind == "diagramData" else "Chart"
    composer.add(ElementKind.PARAGRAPH, f"{label}: {'; '.join(dict.fromkeys(words))}" if words else "")


def _add_chart(composer: PageComposer, root: Any, known: str) -> None:
    """Put the title and data of a chart on the page."""
    titles = [text for title in root.iter("{*}title") if (text := _words(title))]
    series = [
        (
            " ".join(_cached(plotted.find("{*}tx")).values()),
            _cached(_first(plotted, "cat", "xVal")),
            _cached(_first(plotted, "val", "yVal")),
        )
        for plotted in root.iter("{*}ser")
    ]
    if not titles and not any(values for _, _, values in series):
        return
    composer.add(ElementKind.PARAGRAPH, f"Chart: {'; '.join(titles) or 'without a title'}")
    given = set(known.split())
    drawn = [text for name, names, values in series for text in (name, *names.values(), *values.values())]
    if known and all(word in given for text in drawn for word in text.split()):
        return
    categories: dict[int, str] = {}
    for _, names, values in series:
        categories |= names | {index: names.get(index, str(index + 1)) for index in values}
    rows = [["", *(name or f"Series {number}" for number, (name, _, _) in enumerate(series, 1))]]
    rows += [
        [categories[index], *(values.get(index, "") for _, _, values in series)]
        for index in sorted(categories)
    ]
    composer.table(rows)


def _first(parent: Any, *tags: str) -> Any:
    """Return the first child with one of the tags; None if there is none."""
    return next((found for tag in tags if (found := parent.find("{*}" + tag)) is not None), None)


def _cached(element: Any) -> dict[int, str]:
    """Return the stored values of a series by their position."""
    if element is None:
        return {}
    return dict(_points(element))


def _points(element: Any) -> Iterator[tuple[int, str]]:
    """Yield (position, value) of the points that have a value."""
    for point in element.iter("{*}pt"):
        index, value = point.get("idx") or "", point.findtext("{*}v") or ""
        if index.isdigit() and value.strip():
            yield int(index), value.strip()


def _words(element: Any) -> str:
    """Return the text of a drawing as one line."""
    paragraphs = ("".join(node.text or "" for node in p.iter("{*}t")) for p in element.iter("{*}p"))
    return " ".join(" ".join(paragraphs).split())
