"""The small markup the sample documents are written in, and its parts.

`# ` heading · `## ` subheading · `- ` bullet · `| a | b |` table row (the first is the header) ·
`4.1 ` clause · `(a) ` sub-clause · any other line is a paragraph.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["heading", "subheading", "clause", "subclause", "bullet", "paragraph", "table"]

CLAUSE = re.compile(r"(\d+\.\d+)\s+(.+)")
SUBCLAUSE = re.compile(r"(\([a-z]\))\s+(.+)")


@dataclass
class Block:
    """A block of a document; `label` is the number of a clause, `rows` are those of a table."""

    kind: Kind
    text: str = ""
    label: str = ""
    rows: list[list[str]] = field(default_factory=list)


def parse(markup: str) -> list[Block]:
    """Split markup into blocks, one line each; neighbouring table rows make one table."""
    blocks: list[Block] = []
    previous_was_row = False
    for line in markup.strip().splitlines():
        is_row = line.startswith("|")
        if is_row:
            if not previous_was_row:
                blocks.append(Block("table"))
            blocks[-1].rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
        elif line.strip():
            blocks.append(_block(line.strip()))
        previous_was_row = is_row
    return blocks


def _block(line: str) -> Block:
    """Return the block for one line of markup."""
    prefixes: list[tuple[str, Kind]] = [("# ", "heading"), ("## ", "subheading"), ("- ", "bullet")]
    for prefix, kind in prefixes:
        if line.startswith(prefix):
            return Block(kind, line.removeprefix(prefix))
    if match := CLAUSE.fullmatch(line):
        return Block("clause", match[2], match[1])
    if match := SUBCLAUSE.fullmatch(line):
        return Block("subclause", match[2], match[1])
    return Block("paragraph", line)
