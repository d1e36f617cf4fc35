"""Make small files of the formats besides PDF, Office and mail, with content that is easily lost."""

from __future__ import annotations

import mailbox
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial CE;}}
{\stylesheet{\s1 heading 1;}{\s2 Normal;}}{\info{\title Lease of Unit 7}}
{\header\pard Quarry Lane Estates\par}{\footer\pard Page footer\par}
\pard\s1 Rent\par
\pard\s2 The rent is \'a324,000 a year\u8212?payable {\b quarterly}.{\footnote The first payment is pro rata.}
{\*\annotation Check the date.}{\deleted  Struck out.}{\v  Between us.}\par
{\f1 \'e8l\'e1nek}\par
\trowd\cellx1000\cellx2000\intbl Quarter\cell Due\cell\row
\trowd\cellx1000\cellx2000\intbl First\cell 25 March\cell\row
\pard Signed.\par{\pict\bin3 }}}}
"""

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("presentation", "presentation"),
    )
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rtf(path: Path) -> Path:
    """Make a lease in rich text: heading, note, comment, tracked deletion, hidden words, table."""
    path.write_bytes(RTF.encode("ascii"))
    return path


def zipped(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """Make a zip archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def open_document(path: Path, kind: str, body: str, *, styles: str = "", encrypted: bool = False) -> Path:
    """Make an OpenDocument file of `kind` ("text", "spreadsheet", "presentation")."""
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {_ODF} {_DC}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}>{styles}</office:document-styles>",
        "META-INF/manifest.xml": "<m><encryption-data/></m>" if encrypted else "<m/>",
    }
    return zipped(path, members)


def letter_odt(path: Path) -> Path:
    """Make an OpenDocument text with heading, list, table, note, comment and header."""
    return open_document(
        path,
        "text",
        '<text:h text:outline-level="2">Findings</text:h>'
        "<text:p>The<text:s/>lesion had<text:line-break/>grown.<text:note text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>By 2 mm.</text:p></text:note-body>"
        "</text:note><office:annotation><dc:creator>Dr Hale</dc:creator><text:p>Verify.</text:p>"
        "</office:annotation></text:p>"
        "<text:list><text:list-item><text:p>Repeat the scan</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Test</text:p></table:table-cell>"
        "<table:table-cell><text:p>Result</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>Sodium</text:p></table:table-cell>"
        "<table:table-cell><text:p>140</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="9999"/>'
        "</table:table-row></table:table>",
        styles="<style:header><text:p>Ward 7</text:p></style:header>",
    )


def epub(path: Path, *, protected: bool = False) -> Path:
    """Make a book with two chapters."""
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
        "OPS/book.opf": f"<package {_DC}><metadata><dc:title>House Rules</dc:title></metadata><manifest>"
        '<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "OPS/one.xhtml": "<html><body><h1>Visits</h1><p>Visits end at eight.</p></body></html>",
        "OPS/two b.xhtml": "<html><body><h1>Meals</h1><p>Lunch is at noon.</p></body></html>",
    }
    if protected:
        members["META-INF/encryption.xml"] = "<e><CipherReference URI='OPS/one.xhtml'/></e>"
    return zipped(path, members)


def mbox(path: Path, count: int = 2) -> Path:
    """Make a mailbox of messages, each with a line that begins with "From"."""
    box = mailbox.mbox(path)
    for number in range(1, count + 1):
        mail = EmailMessage()
        mail["From"] = "Ada <ada@clinic.example>"
        mail["Date"] = "Mon, 04 Mar 2024 09:30:00 +0000"
        mail["Subject"] = f"Note {number}"
        mail.set_content(f"Body {number}.\n\nFrom now on we meet on Mondays.\n")
        box.add(mail)
    box.close()
    return path


def page_picture(text: str, *, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """Draw `text` on a page at 150 dpi."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).multiline_text(
        (120, 140), text, fill="black", font=ImageFont.load_default(30), spacing=14
    )
    return image
