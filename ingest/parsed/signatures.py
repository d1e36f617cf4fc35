"""The first bytes of files that Incamera cannot parse, and the messages for users who load them."""

from __future__ import annotations

_PICTURE = "This is {}. Save it as PNG, JPEG or PDF: then its words can be recognised."
_ARCHIVE = "This is {}. Unpack it and load the files inside."
_PROGRAM = "This is {}, not a document."
_CONVERT = "This is {}. Save it as docx or PDF and load that."
_CONTAINER = "This is {}. Load the message that it came with."
_ENCRYPTED = "This is {}. Open it in the program that has its key and load what is in it."
_MEDIA = "This is {}. Incamera reads documents, not sound or film. Load a transcript."

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"GIF8", "a picture (GIF)", _PICTURE),
    (0, b"8BPS", "a picture (Photoshop)", _PICTURE),
    (0, b"%!PS", "a PostScript file", _CONVERT),
    (0, b"-----BEGIN PGP MESSAGE", "encrypted (PGP)", _ENCRYPTED),
    (0, b"\xffWPC", "a WordPerfect document", _CONVERT),
    (0, b"PK\x05\x06", "an empty zip archive", _ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _ARCHIVE),
    (0, b"Rar!\x1a\x07", "a RAR archive", _ARCHIVE),
    (0, b"\x7fELF", "a program (ELF)", _PROGRAM),
    (0, b"MZ", "a program (Windows)", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", "a program (macOS)", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", "a program (macOS or Java)", _PROGRAM),
    (0, b"\x78\x9f\x3e\x22", "the container of an Outlook message (winmail.dat)", _CONTAINER),
    (0, b"SQLite format 3\x00", "a database (SQLite)", _PROGRAM),
    (4, b"ftyp", "a film or sound recording (MP4)", _MEDIA),
    (0, b"ID3", "a sound recording (MP3)", _MEDIA),
    (8, b"WAVE", "a sound recording (WAV)", _MEDIA),
    (0, b"OggS", "a sound recording (Ogg)", _MEDIA),
)


def unsupported_by_signature(head: bytes) -> str:
    """Return the message for a file that begins with `head` (a few hundred bytes); empty if unknown."""
    for offset, signature, what, advice in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            if signature == b"MZ" and b"\x00" not in head:
                continue  # plain text may begin with these two letters
            return advice.format(what)
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return _PICTURE.format("a picture (BMP)")
    return ""
