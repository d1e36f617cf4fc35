"""Words and numbers of charts and diagrams (SmartArt) in Word files and on slides: they stand in parts of
their own, which the libraries behind these formats pass over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.structure.compose import PageComposer
from ingest.formats.structure.xml_parser import safe_parser
from vault.records import ElementKind


def add_drawings(composer: PageComposer, part: Any) -> None:
    """Put the charts and diagrams that `part` (of python-docx or python-pptx) refers to on the page: a chart
    as its title and the table that it was drawn from, a diagram as the words in it."""
    for relation in part.rels.values():
        if relation.is_external:
            continue
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("chart", "diagramData"):
            try:
                root = etree.fromstring(relation.target_part.blob, safe_parser())
            except etree.XMLSyntaxError:
                continue  # the drawing is broken and the text around it is not
            if kind == "chart":
                _add_chart(composer, root)
            else:
                words = [text for point in root.iter("{*}pt") if (text := _words(point))]
                composer.add(ElementKind.PARAGRAPH, f"Diagram: {'; '.join(words)}" if words else "")


def _add_chart(composer: PageComposer, root: Any) -> None:
    titles = [text for title in root.iter("{*}title") if (text := _words(title))]
    series = [
        (
            " ".join(_cached(one.find("{*}tx")).values()),
            _cached(_first(one, "cat", "xVal")),
            _cached(_first(one, "val", "yVal")),
        )
        for one in root.iter("{*}ser")
    ]
    if not titles and not any(values for _, _, values in series):
        return
    composer.add(ElementKind.PARAGRAPH, f"Chart: {'; '.join(titles) or 'without a title'}")
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
    return next((found for tag in tags if (found := parent.find("{*}" + tag)) is not None), None)


def _cached(element: Any) -> dict[int, str]:
    """The values that the program last saw there, by their place."""
    if element is None:
        return {}
    return dict(_points(element))


def _points(element: Any) -> Iterator[tuple[int, str]]:
    for point in element.iter("{*}pt"):
        index, value = point.get("idx") or "", point.findtext("{*}v") or ""
        if index.isdigit() and value.strip():
            yield int(index), value.strip()


def _words(element: Any) -> str:
    paragraphs = ("".join(node.text or "" for node in p.iter("{*}t")) for p in element.iter("{*}p"))
    return " ".join(" ".join(paragraphs).split())
