"""What is read of each format, what is named as not read, and the limits: the source of docs/formats.md.

`python -m ingest.formats.described > docs/formats.md` writes the page; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.parsed.filetype import FileType
from ingest.parsed.limits import ParseLimits


@dataclass(frozen=True, slots=True)
class Described:
    """A format in words."""

    name: str
    read: str
    unread: str
    """What is named as not read; empty if the format holds nothing besides its words."""


_OOXML = "pictures that cannot be opened or made out; embedded objects of unknown programs"
_PICTURES = "pictures that cannot be opened or made out"
_OPEN = (
    "body with numbering, tables, headers and footers, notes, comments, tracked deletions, charts, equations, forms, "
    "shapes, words and descriptions of pictures; embedded files as documents of their own"
)
_PACKED = "every file inside, as a document of its own; archives inside archives up to five levels"
_SCAN = "words on every frame, with their places"

DESCRIBED = {
    FileType.PDF: Described("PDF", "text with places, tables, values and ticks of form fields by their labels (forms that only Adobe draws too), notes, recognised scans, who signed "
        "(not checked), printed page numbers and Bates numbers, footnotes after their paragraph, running heads once, line numbers of transcripts as places; files inside as documents of their own", "pages without legible words; files inside over the limit or broken; sound and film"),
    FileType.DOCX: Described(
        "Word (docx, docm, dotx)",
        "body with numbering, tables, headers and footers, text boxes, notes, comments, tracked deletions, charts, "
        "diagrams, equations, form fields and ticks, watermarks, words and descriptions of pictures; embedded files as "
        "documents of their own",
        f"{_OOXML}; letters of symbol fonts that are not known",
    ),
    FileType.DOC: Described("Word 97-2003 (doc), with LibreOffice", "as Word", "as Word"),
    FileType.PPTX: Described(
        "PowerPoint (pptx, pptm, ppsx)", "slides (hidden ones named), tables, speaker notes, comments, charts, diagrams, equations, words of layout and "
        "master, words and descriptions of pictures; "
        "embedded files as documents of their own", f"{_OOXML}; sound and film"),
    FileType.PPT: Described("PowerPoint 97-2003 (ppt), with LibreOffice", "as PowerPoint", "as PowerPoint"),
    FileType.XLSX: Described(
        "Excel (xlsx, xlsm)", "values as the sheet shows them (merged cells in each of their rows), headers and footers, comments, hints and choices of cells, text boxes, "
        "charts, controls, words and descriptions of pictures, embedded files as documents of their own, hidden sheets, rows and columns (named); formulas without a result are computed and said to be",
        f"{_PICTURES}; formulas that cannot be computed; cells right of column ALL; data behind a pivot table whose source is gone"),
    FileType.XLSB: Described("Excel, binary (xlsb)", "values, comments, text boxes, charts, words of pictures, hidden sheets (named)", _PICTURES),
    FileType.XLS: Described(
        "Excel 97-2003 (xls)", "values, comments, headers and footers, text boxes, titles of charts, words of pictures, hidden "
        "sheets (named)", _PICTURES),
    FileType.ODT: Described("OpenDocument text (odt)", _OPEN, _OOXML),
    FileType.ODS: Described("OpenDocument sheet (ods)", f"{_OPEN}; hidden sheets (named)", _OOXML),
    FileType.ODP: Described("OpenDocument slides (odp)", f"{_OPEN}; words of the master", _OOXML),
    FileType.RTF: Described(
        "Rich text (rtf)", "body, tables, headers and footers, notes, comments, tracked deletions, form fields, words of pictures; "
        "embedded files as documents of their own", _OOXML),
    FileType.EPUB: Described("Books (epub)", "each part as a page, also those outside the reading order; hidden notes, words of pictures", f"{_PICTURES}; parts that are missing"),
    FileType.HTML: Described(
        "Web pages (html)", "what a browser shows without scripts, pages in frames that the page holds, tables with spanning cells, form fields, words in SVG and in pictures "
        "that the page holds", _PICTURES),
    FileType.MARKDOWN: Described("Markdown", "text without its markup, front matter, footnotes", _PICTURES),
    FileType.TEXT: Described("Plain text", "every character; form feeds begin pages; line numbers of transcripts as places", ""),
    FileType.CSV: Described("CSV and TSV", "every row", ""),
    FileType.EML: Described(
        "E-mail (eml, emlx)", "headers, body in all its forms, reports of delivery, winmail.dat, signed mail (who signed is named, not checked); attachments as "
        "documents of their own", f"attachments over the limit or without content; encrypted parts; {_PICTURES}"),
    FileType.MSG: Described(
        "Outlook (msg)", "headers, body (also rich text only); attachments and messages inside as documents of their own",
        "attachments over the limit"),
    FileType.MBOX: Described("Mailboxes (mbox)", "every message, as a document of its own", "messages over the limit"),
    FileType.PST: Described(
        "Mail folders of Outlook (pst)", "every message with its attachments, by folder, as a document of its own",
        "messages over the limit; messages inside messages; details of appointments, contacts and tasks"),
    FileType.P7M: Described("Signed files (p7m)", "who signed (named, not checked); the file inside as a document of its own", ""),
    FileType.ICS: Described("Calendar entries (ics)", "events, tasks and reminders by label and value", "files inside an entry"),
    FileType.VCF: Described("Contact cards (vcf)", "names, addresses and numbers by label and value", "photographs, logos and sounds"),
    FileType.XML: Described("XML", "the text of every element and the value of every attribute without a namespace, with their names", ""),
    FileType.PNG: Described("Pictures (PNG)", _SCAN, "pages without legible words"),
    FileType.JPEG: Described("Pictures (JPEG)", _SCAN, "pages without legible words"),
    FileType.TIFF: Described("Pictures (TIFF)", _SCAN, "pages without legible words"),
    FileType.HEIC: Described("Pictures (HEIC, AVIF)", _SCAN, "pages without legible words"),
    FileType.WEBP: Described("Pictures (WebP)", _SCAN, "pages without legible words"),
    FileType.ZIP: Described("Zip archives", _PACKED, "files over the limit, broken, or with a password that was not given"),
    FileType.TAR: Described("Tar archives", _PACKED, "files over the limit; links"),
    FileType.GZIP: Described("Packed files (gz, tar.gz)", _PACKED, "files over the limit; links"),
    FileType.BZIP2: Described("Packed files (bz2, tar.bz2)", _PACKED, "files over the limit; links"),
    FileType.XZ: Described("Packed files (xz, tar.xz)", _PACKED, "files over the limit; links"),
    FileType.FHIR: Described(
        "FHIR (JSON, XML, a resource a line)", "every property by name, results as rows; files inside as documents of their own",
        "files inside that are over the limit"),
    FileType.CDA: Described("CDA", "head, sections with tables and lists, values of the entries", ""),
    FileType.HL7: Described(
        "HL7 version 2", "every field by the name of the standard, results as rows; files inside as documents of their own",
        "files inside that are over the limit"),
    FileType.DICOM: Described(
        "DICOM", "patient and study, findings of a report; a document inside as one of its own", "what pictures show"),
}  # fmt: skip


def page() -> str:
    """Return the text of docs/formats.md."""
    limits = ParseLimits()
    lines = [
        "# What is read of each format",
        "",
        "This page is written by `python -m ingest.formats.described`; a test compares the two.",
        "",
        "Incamera names what it does not read of a file: what, where and why. You find it in `incamera documents`, in the",
        "report of an ingest and beside the document on the page. A document whose unread parts may hold words is `partial`, and",
        "answers count it. Everything else is refused with a reason that says what to do.",
        "",
        "| format | what is read | what is named as not read |",
        "|---|---|---|",
    ]
    for kind in FileType:
        one = DESCRIBED[kind]
        lines.append(f"| {one.name} | {one.read} | {one.unread or 'nothing: see below'} |")
    lines += [
        "",
        "Not noticed, so not named: embedded files in Excel 97-2003, styles and colours, properties of files,",
        "addresses of links, bookmarks and descriptions of figures in PDF, comments in the source of web pages and XML, and",
        "pictures, sound and film that a web page only links to. Pictures without words (logos, photographs) leave nothing",
        "behind but their description.",
        "",
        "## Passwords",
        "",
        "PDF, Office files and zip archives (AES too) open with a password that is given when they are added: on the",
        "page under Documents, with `incamera ingest --password`, or with `--password-file` (a list, one a line). It is",
        "kept in memory until the job ends and nowhere else. So a job that is resumed does not know it, and the source",
        "of such a PDF is shown as text, not as a picture of the page.",
        "",
        "## Limits",
        "",
        f"- a file: {limits.file_bytes // 2**20} MiB, {limits.seconds:g} seconds, and {limits.ocr_page_seconds:g} more for "
        "each page or picture whose words are recognised",
        f"- recognised: {limits.ocr_pages:,} pages or pictures of a file",
        f"- text: {limits.characters:,} characters on {limits.pages:,} pages, slides or sheets",
        f"- inside a message or archive: {limits.attachments:,} files of {limits.attachment_bytes // 2**20} MiB in total, "
        "over all levels of archives",
        f"- unpacked: {limits.unpacked_bytes // 2**20} MiB, and {limits.unpack_ratio} times the packed size",
        "- formulas: 2,000 of a workbook are computed, if its parts unpack to at most 5 MiB",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(page())
