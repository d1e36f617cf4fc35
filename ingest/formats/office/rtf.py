"""Read rich text (RTF): paragraphs, headings by style, tables, notes, comments, headers and footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.formats.office.rtf_parts import embedded, from_digits, shown_by_form
from ingest.formats.office.rtf_state import (
    CHARACTER_WORDS,
    CHARSETS,
    DESTINATIONS,
    HEADING_STYLE,
    HELD,
    MARGIN_KINDS,
    SILENT,
    SKIPPED,
    SYMBOLS,
    Parsed,
    State,
)
from ingest.formats.office.rtf_tokens import RtfToken, TokenKind, rtf_tokens
from ingest.formats.pictures.words import PictureWords
from ingest.formats.structure.blocks import Block, add_blocks
from ingest.formats.structure.compose import TRACKED_CHANGES, PageComposer, deletion_note, first_heading
from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits
from vault.errors import NoText, TooLarge
from vault.records import ElementKind, Unread

_MAX_DEPTH = 500  # levels of groups inside groups


def read(path: Path, limits: ParseLimits) -> ParsedDocument:
    """Read the RTF at `path` as one page. Deleted text of tracked changes follows as notes, with a warning.

    Raises NoText, TooLarge.
    """
    parsed = _parse(path.read_bytes(), limits)
    composer = PageComposer(limits)
    add_blocks(composer, parsed.blocks)
    for note in parsed.notes:
        composer.add(note.kind, note.text)
    pictures = PictureWords(limits)
    for content in parsed.pictures:
        pictures.add(composer, content)
    page = composer.page(1)
    unread: list[Unread] = []
    attachments = [file for content in parsed.objects for file in embedded(content, unread)]
    unread += pictures.unread
    if not page.text and not attachments and not unread:
        raise NoText("The file has no text. If it contains pictures of pages, print it to PDF and load that.")
    warnings: list[str] = []
    if parsed.changes:
        warnings.append(TRACKED_CHANGES)
    if parsed.hidden:
        warnings.append("The document has text that is formatted as hidden. It was read like the rest.")
    title = " ".join(parsed.text.get("title", "").split())
    return ParsedDocument(
        FileType.RTF.media_type,
        title or first_heading([page]),
        (page,),
        warnings=tuple(warnings),
        attachments=tuple(attachments),
        unread=tuple(unread),
    )


def text_of(data: bytes, limits: ParseLimits) -> str:
    """Return the text of an RTF with its notes. Raises TooLarge."""
    parsed = _parse(data, limits)
    composer = PageComposer(limits)
    add_blocks(composer, [*parsed.blocks, *parsed.notes])
    return composer.page(1).text


def _parse(data: bytes, limits: ParseLimits) -> Parsed:
    """Parse an RTF file. Raises TooLarge."""
    parsed = Parsed()
    stack: list[State] = []
    state = State()
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
            _close(parsed, state, stack[-1] if stack else State())
            state = stack.pop() if stack else State()
        elif state.destination in HELD and token.data:
            parsed.bytes_held.append(token.data if token.word != "bin" else token.data.hex().encode())
        elif token.kind is TokenKind.TEXT:
            raw = token.data
            if to_skip:
                raw, to_skip = raw[to_skip:], max(0, to_skip - len(raw))
            pending += raw
        elif token.kind is TokenKind.SYMBOL:
            starred = starred or token.word == "*"
            if token.word in "\r\n":
                _paragraph(parsed, state)
            if token.word in SYMBOLS:
                length += _add_text(parsed, state, SYMBOLS[token.word])
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


def _control(parsed: Parsed, state: State, token: RtfToken, *, opened: bool, starred: bool) -> None:
    """Apply a control word; `opened` and `starred` say whether it is the first in its group."""
    word, value = token.word, token.value
    if word in ("fftype", "ffres", "ffdefres"):
        parsed.form[word] = value or 0
    elif word == "fldrslt":
        _add_text(parsed, state, shown_by_form(parsed))
    if (opened or starred) and state.destination != "skip":
        if word in SKIPPED:
            state.destination = "skip"
        elif word in DESTINATIONS:
            state.destination = DESTINATIONS[word]
            parsed.text.setdefault(state.destination, "")
        elif starred and word not in (
            "shpinst",
            "shppict",
            "listtext",
            "pntext",
            "cs",
            "ts",
            "ds",
        ):
            state.destination = "skip"
    if word in CHARACTER_WORDS:
        _add_text(parsed, state, CHARACTER_WORDS[word])
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
    elif word == "fcharset" and state.destination == "fonts" and value in CHARSETS:
        parsed.fonts[state.font] = CHARSETS[value]
    elif word == "uc":
        state.skip_bytes = max(value or 0, 0)
    elif word == "ansicpg" and value:
        parsed.encoding = _known_encoding(f"cp{value}")
    elif word == "mac":
        parsed.encoding = "mac_roman"


def _add_text(parsed: Parsed, state: State, text: str) -> int:
    """Add text to its destination; return the number of characters."""
    if state.destination in SILENT:
        return 0
    if state.deleted:
        parsed.changes = True
        parsed.text["deleted"] = parsed.text.get("deleted", "") + text
        return len(text)
    parsed.hidden = parsed.hidden or (state.hidden and state.destination == "body" and bool(text.strip()))
    parsed.text[state.destination] = parsed.text.get(state.destination, "") + text
    return len(text)


def _paragraph(parsed: Parsed, state: State) -> None:
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


def _end_table(parsed: Parsed) -> None:
    """End a table: its rows become a block."""
    if parsed.cells:
        parsed.rows.append(parsed.cells)
        parsed.cells = []
    if parsed.rows:
        parsed.blocks.append(Block(rows=parsed.rows))
        parsed.rows = []


def _close(parsed: Parsed, state: State, outer: State) -> None:
    """End a group: text with a destination of its own becomes a block."""
    if state.destination == outer.destination:
        if state.destination == "styles" and parsed.text.get("styles"):
            found = HEADING_STYLE.search(parsed.text.pop("styles"))
            if found:
                parsed.headings[state.style] = int(found[1])
        return
    if state.destination in HELD:
        held = parsed.pictures if state.destination == "pict" else parsed.objects
        held.append(from_digits(parsed.bytes_held))
        parsed.bytes_held = []
        return
    text = _trimmed_lines(parsed.text.get(state.destination, ""))
    if state.destination == "choice":
        parsed.choices.append(text)
    if state.destination in MARGIN_KINDS and text:
        block = Block(MARGIN_KINDS[state.destination], text)
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
