"""Read rich text (RTF): paragraphs, headings by style, tables, notes, comments, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.formats.office.rtf_tokens import RtfToken, TokenKind, rtf_tokens
from ingest.formats.structure.blocks import Block, add_blocks
from ingest.formats.structure.compose import TRACKED_CHANGES, PageComposer, deletion_note, first_heading
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind

_MAX_DEPTH = 500  # levels of groups inside groups
_CHARACTER_WORDS = {
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
_DESTINATIONS = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "note", "annotation": "comment", "atnauthor": "author", "title": "title",
    "stylesheet": "styles", "fonttbl": "fonts", "shptxt": "body", "shprslt": "skip",
}  # fmt: skip
_MARGIN_KINDS = {"header": ElementKind.PAGE_HEADER, "footer": ElementKind.PAGE_FOOTER}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|encabezado)\s*(\d)", re.IGNORECASE)


@dataclass(slots=True)
class _State:
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
class _Parsed:
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


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the RTF at `path` as one page. Deleted text of tracked changes follows as notes, with a warning.

    Raises NoText, TooLarge.
    """
    parsed = _parse(path.read_bytes(), limits)
    composer = PageComposer(limits)
    add_blocks(composer, parsed.blocks)
    for note in parsed.notes:
        composer.add(note.kind, note.text)
    page = composer.page(1)
    if not page.text:
        raise NoText("The file has no text. If it contains pictures of pages, print it to PDF and load that.")
    warnings: list[str] = []
    if parsed.changes:
        warnings.append(TRACKED_CHANGES)
    if parsed.hidden:
        warnings.append("The document has text that is formatted as hidden. It was read like the rest.")
    title = " ".join(parsed.text.get("title", "").split())
    return ParsedDocument(
        FileType.RTF.media_type, title or first_heading([page]), (page,), warnings=tuple(warnings)
    )


def text_of(data: bytes, limits: ParseLimits) -> str:
    """Return the text of an RTF with its notes. Raises TooLarge."""
    parsed = _parse(data, limits)
    composer = PageComposer(limits)
    add_blocks(composer, [*parsed.blocks, *parsed.notes])
    return composer.page(1).text


def _parse(data: bytes, limits: ParseLimits) -> _Parsed:
    """Parse an RTF file. Raises TooLarge."""
    parsed = _Parsed()
    stack: list[_State] = []
    state = _State()
    pending = bytearray()
    starred = opened = False
    to_skip = length = 0
    for token in rtf_tokens(data):
        if token.kind is not TokenKind.TEXT and pending:
            length += _add_text(
                parsed, state, pending.decode(parsed.fonts.get(state.font, parsed.encoding), "replace")
            )
            pending.clear()
        if length > limits.characters:
            raise TooLarge(f"The file has more than {limits.characters:,} characters. Split it.")
        if token.kind is TokenKind.OPEN:
            if len(stack) >= _MAX_DEPTH:
                raise TooLarge(
                    f"The file nests more than {_MAX_DEPTH} groups: it may be made to attack the program "
                    "that opens it. Do not open it elsewhere before an expert has checked it."
                )
            stack.append(replace(state))
            opened, starred = True, False
            continue
        if token.kind is TokenKind.CLOSE:
            _close(parsed, state, stack[-1] if stack else _State())
            state = stack.pop() if stack else _State()
        elif token.kind is TokenKind.TEXT:
            raw = token.data
            if to_skip:
                raw, to_skip = raw[to_skip:], max(0, to_skip - len(raw))
            pending += raw
        elif token.kind is TokenKind.SYMBOL:
            starred = starred or token.word == "*"
            if token.word in "\r\n":
                _paragraph(parsed, state)
            if token.word in _SYMBOLS:
                length += _add_text(parsed, state, _SYMBOLS[token.word])
            if token.word == "*":
                continue
        elif token.word == "u" and token.value is not None:
            length += _add_text(parsed, state, chr(token.value % 65536))
            to_skip = state.skip_bytes
        else:
            _control(parsed, state, token, opened=opened, starred=starred)
        opened = starred = False
    _paragraph(parsed, state)
    _end_table(parsed)
    return parsed


def _control(parsed: _Parsed, state: _State, token: RtfToken, *, opened: bool, starred: bool) -> None:
    """Apply a control word; `opened` and `starred` say whether it is the first in its group."""
    word, value = token.word, token.value
    if (opened or starred) and state.destination != "skip":
        if word in _SKIPPED:
            state.destination = "skip"
        elif word in _DESTINATIONS:
            state.destination = _DESTINATIONS[word]
            parsed.text.setdefault(state.destination, "")
        elif starred and word not in ("shpinst", "listtext", "pntext", "cs", "ts", "ds"):
            state.destination = "skip"
    if word in _CHARACTER_WORDS:
        _add_text(parsed, state, _CHARACTER_WORDS[word])
    elif word in ("par", "sect", "page"):
        _paragraph(parsed, state)
    elif word == "pard":
        state.in_table, state.outline, state.style = False, 0, 0
    elif word == "intbl":
        state.in_table = True
    elif word in ("cell", "nestcell"):
        parsed.cells.append(parsed.text.pop("body", ""))
    elif word in ("row", "nestrow"):
        parsed.rows.append(parsed.cells)
        parsed.cells = []
    elif word == "s":
        state.style = value or 0
    elif word == "outlinelevel":
        state.outline = (value or 0) + 1
    elif word == "deleted":
        state.deleted = value != 0
    elif word == "revised":
        parsed.changes = True
    elif word == "v":
        state.hidden = value != 0
    elif word == "plain":
        state.deleted = state.hidden = False
        state.font = -1
    elif word == "f":
        state.font = value or 0
    elif word == "fcharset" and state.destination == "fonts" and value in _CHARSETS:
        parsed.fonts[state.font] = _CHARSETS[value]
    elif word == "uc":
        state.skip_bytes = max(value or 0, 0)
    elif word == "ansicpg" and value:
        parsed.encoding = _known_encoding(f"cp{value}")
    elif word == "mac":
        parsed.encoding = "mac_roman"


def _add_text(parsed: _Parsed, state: _State, text: str) -> int:
    """Add text to its destination; return the number of characters."""
    if state.destination in ("skip", "fonts"):
        return 0
    if state.deleted:
        parsed.changes = True
        parsed.text["deleted"] = parsed.text.get("deleted", "") + text
        return len(text)
    parsed.hidden = parsed.hidden or (state.hidden and state.destination == "body" and bool(text.strip()))
    parsed.text[state.destination] = parsed.text.get(state.destination, "") + text
    return len(text)


def _paragraph(parsed: _Parsed, state: _State) -> None:
    """End a paragraph: it becomes a block, or part of a table cell."""
    if state.destination != "body":
        if state.destination in parsed.text:
            parsed.text[state.destination] += "\n"
        return
    if note := deletion_note("", "", parsed.text.pop("deleted", "")):
        parsed.notes.append(Block(ElementKind.NOTE, note))
    text = parsed.text.pop("body", "")
    if state.in_table:
        parsed.text["body"] = text + "\n" if text.strip() else ""
        return
    _end_table(parsed)
    level = state.outline if 0 < state.outline <= 9 else parsed.headings.get(state.style, 0)
    kind = ElementKind.HEADING if level and len(text) <= 200 else ElementKind.PARAGRAPH
    if text.strip():
        parsed.blocks.append(Block(kind, _trimmed_lines(text), level if kind is ElementKind.HEADING else 0))


def _end_table(parsed: _Parsed) -> None:
    """End a table: its rows become a block."""
    if parsed.cells:
        parsed.rows.append(parsed.cells)
        parsed.cells = []
    if parsed.rows:
        parsed.blocks.append(Block(rows=parsed.rows))
        parsed.rows = []


def _close(parsed: _Parsed, state: _State, outer: _State) -> None:
    """End a group: text with a destination of its own becomes a block."""
    if state.destination == outer.destination:
        if state.destination == "styles" and parsed.text.get("styles"):
            found = _HEADING_STYLE.search(parsed.text.pop("styles"))
            if found:
                parsed.headings[state.style] = int(found[1])
        return
    text = _trimmed_lines(parsed.text.get(state.destination, ""))
    if state.destination in _MARGIN_KINDS and text:
        block = Block(_MARGIN_KINDS[state.destination], text)
        if block not in parsed.blocks:
            parsed.blocks.append(block)
    elif state.destination == "note" and text:
        parsed.notes.append(Block(ElementKind.NOTE, f"Footnote: {text}"))
    elif state.destination == "comment" and text:
        author = " ".join(parsed.text.pop("author", "").split()) or "an unnamed person"
        parsed.notes.append(Block(ElementKind.NOTE, f"Comment by {author}: {text}"))
    if state.destination not in ("title", "author", "body"):
        parsed.text.pop(state.destination, None)


def _trimmed_lines(text: str) -> str:
    """Remove empty lines and blanks at the ends of lines."""
    lines: Sequence[str] = [" ".join(line.replace("\t", " ").split(" ")).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def _known_encoding(encoding: str) -> str:
    """Return the encoding if Python has it, else cp1252."""
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
