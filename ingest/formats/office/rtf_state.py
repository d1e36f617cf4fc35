"""What is known while rich text (RTF) is read: the words that begin something, and what was read so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.formats.structure.blocks import Block
from vault.records import ElementKind

CHARACTER_WORDS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "softline": "\n",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
SKIPPED = frozenset(
    ["colortbl", "themedata", "colorschememapping",
     "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl",
     "filetbl", "revtbl", "bkmkstart", "bkmkend", "xe", "tc", "nonshppict", "atndate", "atnref", "atnid",
     "atrfstart", "atrfend", "mmathPr", "userprops", "wgrffmtfilter", "pgptbl", "author", "operator",
     "company", "keywords", "subject", "comment", "doccomm", "category", "manager", "hlinkbase", "creatim",
     "revtim", "printim", "buptim"]
)  # fmt: skip
DESTINATIONS = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "note", "annotation": "comment", "atnauthor": "author", "title": "title",
    "stylesheet": "styles", "fonttbl": "fonts", "shptxt": "body", "shprslt": "skip",
    "pict": "pict", "objdata": "objdata", "fldinst": "quiet", "sp": "quiet", "formfield": "quiet",
    "ffl": "choice",
}  # fmt: skip
HELD = ("pict", "objdata")
"""Destinations of bytes."""
SILENT = ("skip", "quiet", "fonts")
"""Destinations whose text is dropped; in a quiet one, other destinations may begin."""
MARGIN_KINDS = {"header": ElementKind.PAGE_HEADER, "footer": ElementKind.PAGE_FOOTER}
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|encabezado)\s*(\d)", re.IGNORECASE)


@dataclass(slots=True)
class State:
    """The formatting that applies inside a group."""

    destination: str = "body"
    skip_bytes: int = 1
    deleted: bool = False
    hidden: bool = False
    style: int = 0
    outline: int = 0
    in_table: bool = False
    font: int = -1


@dataclass(slots=True)
class Parsed:
    """What was read of a file so far."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    headings: dict[int, int] = field(default_factory=dict)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    """The encodings of fonts that have one of their own, by font number."""
    changes: bool = False
    hidden: bool = False
    form: dict[str, int] = field(default_factory=dict)
    """What the last form field said of itself."""
    choices: list[str] = field(default_factory=list)
    bytes_held: list[bytes] = field(default_factory=list)
    """The bytes of the picture or object that is being read; those in hexadecimal digits as they are."""
    pictures: list[bytes] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
