"""Write blocks as one HTML page, as a practice system or a radiology system exports it."""

from html import escape
from pathlib import Path

from blocks import Block, parse

TAGS = {
    "heading": "h2",
    "subheading": "h3",
    "bullet": "li",
    "paragraph": "p",
    "clause": "p",
    "subclause": "p",
}
STYLE = "body { font-family: serif; max-width: 46em; margin: 2em auto } td, th { border: 1px solid #999; padding: .2em .6em }"


def write_html(path: Path, *, title: str, author: str, markup: str) -> None:
    """Write `markup` as an HTML page."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta name="author" content="{escape(author)}">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(title)}</h1>",
        *_body(parse(markup)),
        "</body>",
        "</html>",
        "",
    ]
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _body(blocks: list[Block]) -> list[str]:
    """Return the lines of HTML for the blocks."""
    lines: list[str] = []
    for number, block in enumerate(blocks):
        is_item = block.kind == "bullet"
        if is_item and (number == 0 or blocks[number - 1].kind != "bullet"):
            lines.append("<ul>")
        lines.extend(_table(block.rows) if block.kind == "table" else [_element(block)])
        if is_item and (number + 1 == len(blocks) or blocks[number + 1].kind != "bullet"):
            lines.append("</ul>")
    return lines


def _element(block: Block) -> str:
    """Return the HTML element of a block."""
    tag = TAGS[block.kind]
    label = f"{block.label} " if block.label else ""
    return f"<{tag}>{label}{escape(block.text, quote=False)}</{tag}>"


def _table(rows: list[list[str]]) -> list[str]:
    """Return the lines of an HTML table; the first row is its header."""
    lines = ["<table>"]
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        cells = "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return [*lines, "</table>"]
