"""Rich text (RTF): paragraphs, headings by style, tables, notes, comments, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.formats.office.rtf_tokens import Kind, Token, tokens
from ingest.formats.structure.blocks import Block, add_blocks
from ingest.formats.structure.compose import TRACKED, PageComposer, deleted, first_heading
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind

_DEPTH = 500  # groups inside groups
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "softline": "\n",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_SKIPPED = frozenset(
    ["colortbl", "pict", "object", "objdata", "fldinst", "themedata", "colorschememapping",
     "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl",
     "filetbl", "revtbl", "bkmkstart", "bkmkend", "xe", "tc", "nonshppict", "atndate", "atnref", "atnid",
     "atrfstart", "atrfend", "mmathPr", "userprops", "wgrffmtfilter", "pgptbl", "author", "operator",
     "company", "keywords", "subject", "comment", "doccomm", "category", "manager", "hlinkbase", "creatim",
     "revtim", "printim", "buptim", "sp"]
)  # fmt: skip
_KEPT = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "note", "annotation": "comment", "atnauthor": "author", "title": "title",
    "stylesheet": "styles", "fonttbl": "fonts", "shptxt": "body", "shprslt": "skip",
}  # fmt: skip
_RUNNING = {"header": ElementKind.PAGE_HEADER, "footer": ElementKind.PAGE_FOOTER}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|encabezado)\s*(\d)", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    into: str = "body"
    skip_bytes: int = 1
    deleted: bool = False
    hidden: bool = False
    style: int = 0
    outline: int = 0
    in_table: bool = False
    font: int = -1


@dataclass(slots=True)
class _Made:
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    headings: dict[int, int] = field(default_factory=dict)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    """Encodings of the fonts that have one of their own."""
    changes: bool = False
    hidden: bool = False


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the RTF at `path`; it is one page. What tracked changes deleted follows as notes, with a
    warning.

    Raises: NoText, TooLarge.
    """
    made = _parse(path.read_bytes(), limits)
    composer = PageComposer(limits)
    add_blocks(composer, made.blocks)
    for note in made.notes:
        composer.add(note.kind, note.text)
    page = composer.page(1)
    if not page.text:
        raise NoText("The file holds no text. If it holds pictures of pages, print it to PDF and load that.")
    warnings: list[str] = []
    if made.changes:
        warnings.append(TRACKED)
    if made.hidden:
        warnings.append("The document holds text that is formatted as hidden: it was read like the rest.")
    title = " ".join(made.text.get("title", "").split())
    return ParsedDocument(
        FileType.RTF.media_type, title or first_heading([page]), (page,), warnings=tuple(warnings)
    )


def _parse(data: bytes, limits: ParseLimits) -> _Made:
    made = _Made()
    stack: list[_State] = []
    state = _State()
    pending = bytearray()
    starred = opened = False
    to_skip = length = 0
    for token in tokens(data):
        if token.kind is not Kind.TEXT and pending:
            length += _put(made, state, pending.decode(made.fonts.get(state.font, made.encoding), "replace"))
            pending.clear()
        if length > limits.characters:
            raise TooLarge(f"The file holds more than {limits.characters:,} characters. Split it.")
        if token.kind is Kind.OPEN:
            if len(stack) >= _DEPTH:
                raise TooLarge(
                    f"The file nests more than {_DEPTH} groups: it may be made to attack its reader."
                )
            stack.append(replace(state))
            opened, starred = True, False
            continue
        if token.kind is Kind.CLOSE:
            _close(made, state, stack[-1] if stack else _State())
            state = stack.pop() if stack else _State()
        elif token.kind is Kind.TEXT:
            raw = token.data
            if to_skip:
                raw, to_skip = raw[to_skip:], max(0, to_skip - len(raw))
            pending += raw
        elif token.kind is Kind.SYMBOL:
            starred = starred or token.word == "*"
            if token.word in "\r\n":
                _paragraph(made, state)
            if token.word in _SYMBOLS:
                length += _put(made, state, _SYMBOLS[token.word])
            if token.word == "*":
                continue
        elif token.word == "u" and token.value is not None:
            length += _put(made, state, chr(token.value % 65536))
            to_skip = state.skip_bytes
        else:
            _control(made, state, token, opened=opened, starred=starred)
        opened = starred = False
    _paragraph(made, state)
    _end_table(made)
    return made


def _control(made: _Made, state: _State, token: Token, *, opened: bool, starred: bool) -> None:
    word, value = token.word, token.value
    if (opened or starred) and state.into != "skip":
        if word in _SKIPPED:
            state.into = "skip"
        elif word in _KEPT:
            state.into = _KEPT[word]
            made.text.setdefault(state.into, "")
        elif starred and word not in ("shpinst", "listtext", "pntext", "cs", "ts", "ds"):
            state.into = "skip"
    if word in _SIGNS:
        _put(made, state, _SIGNS[word])
    elif word in ("par", "sect", "page"):
        _paragraph(made, state)
    elif word == "pard":
        state.in_table, state.outline, state.style = False, 0, 0
    elif word == "intbl":
        state.in_table = True
    elif word in ("cell", "nestcell"):
        made.cells.append(made.text.pop("body", ""))
    elif word in ("row", "nestrow"):
        made.rows.append(made.cells)
        made.cells = []
    elif word == "s":
        state.style = value or 0
    elif word == "outlinelevel":
        state.outline = (value or 0) + 1
    elif word == "deleted":
        state.deleted = value != 0
    elif word == "revised":
        made.changes = True
    elif word == "v":
        state.hidden = value != 0
    elif word == "plain":
        state.deleted = state.hidden = False
        state.font = -1
    elif word == "f":
        state.font = value or 0
    elif word == "fcharset" and state.into == "fonts" and value in _CHARSETS:
        made.fonts[state.font] = _CHARSETS[value]
    elif word == "uc":
        state.skip_bytes = max(value or 0, 0)
    elif word == "ansicpg" and value:
        made.encoding = _known(f"cp{value}")
    elif word == "mac":
        made.encoding = "mac_roman"


def _put(made: _Made, state: _State, text: str) -> int:
    """Add text where it belongs; returns how much."""
    if state.into in ("skip", "fonts"):
        return 0
    if state.deleted:
        made.changes = True
        made.text["deleted"] = made.text.get("deleted", "") + text
        return len(text)
    made.hidden = made.hidden or (state.hidden and state.into == "body" and bool(text.strip()))
    made.text[state.into] = made.text.get(state.into, "") + text
    return len(text)


def _paragraph(made: _Made, state: _State) -> None:
    """End a paragraph."""
    if state.into != "body":
        if state.into in made.text:
            made.text[state.into] += "\n"
        return
    if note := deleted("", "", made.text.pop("deleted", "")):
        made.notes.append(Block(ElementKind.NOTE, note))
    text = made.text.pop("body", "")
    if state.in_table:
        made.text["body"] = text + "\n" if text.strip() else ""
        return
    _end_table(made)
    level = state.outline if 0 < state.outline <= 9 else made.headings.get(state.style, 0)
    kind = ElementKind.HEADING if level and len(text) <= 200 else ElementKind.PARAGRAPH
    if text.strip():
        made.blocks.append(Block(kind, _joined(text), level if kind is ElementKind.HEADING else 0))


def _end_table(made: _Made) -> None:
    if made.cells:
        made.rows.append(made.cells)
        made.cells = []
    if made.rows:
        made.blocks.append(Block(rows=made.rows))
        made.rows = []


def _close(made: _Made, state: _State, outer: _State) -> None:
    """End a group: what went into a place of its own is a block now."""
    if state.into == outer.into:
        if state.into == "styles" and made.text.get("styles"):
            found = _HEADING_STYLE.search(made.text.pop("styles"))
            if found:
                made.headings[state.style] = int(found[1])
        return
    text = _joined(made.text.get(state.into, ""))
    if state.into in _RUNNING and text:
        block = Block(_RUNNING[state.into], text)
        if block not in made.blocks:
            made.blocks.append(block)
    elif state.into == "note" and text:
        made.notes.append(Block(ElementKind.NOTE, f"Footnote: {text}"))
    elif state.into == "comment" and text:
        author = " ".join(made.text.pop("author", "").split()) or "an unnamed person"
        made.notes.append(Block(ElementKind.NOTE, f"Comment by {author}: {text}"))
    if state.into not in ("title", "author", "body"):
        made.text.pop(state.into, None)


def _joined(text: str) -> str:
    lines: Sequence[str] = [" ".join(line.replace("\t", " ").split(" ")).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def _known(encoding: str) -> str:
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
