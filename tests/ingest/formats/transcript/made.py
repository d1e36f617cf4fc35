"""Make transcripts of a deposition, as text and as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

PAGES = (
    (
        "IN THE COUNTY COURT AT HARROWGATE",
        "",
        "DEPOSITION OF MARTHA KESTREL",
        "",
        "MARTHA KESTREL, having been first duly sworn, was",
        "examined and testified as follows:",
        "",
        "EXAMINATION",
        "BY MR. HALE:",
        "Q.   Where were you living in March of that year?",
        "A.   I was living above the bakery in Orchard",
        "Street, with my sister.",
        "Q.   And who held the key to the storeroom?",
        "A.   Mr Pell held it. Nobody else had one,",
        "because the lock had been changed in",
        "February.",
        "MR. DUNN: Objection. That is hearsay.",
        "THE WITNESS: I saw him lock it.",
        "Q.   How often did you see the delivery van?",
        "A.   Twice a week.",
    ),
    (
        "Q.   When did you first report the leak to the",
        "landlord's office?",
        "A.   On 14 May 2021. I telephoned in the",
        "morning and wrote the same afternoon.",
        "Q.   Did anybody answer?",
        "A.   No.",
        "Q.   What did the plumber find behind the",
        "boiler?",
        "A.   He found a split pipe and two buckets",
        "that somebody had left there to catch the",
    ),
    (
        "water.",
        "Q.   What did the repair cost?",
        "A.   It cost 640 pounds.",
    ),
)
"""The lines of three pages; the second and third are short, and an answer goes on over them."""
FIRST_PAGE = 13
"""The number that is printed on the first of them."""


def transcript_text(path: Path, *, form_feeds: bool = True, first: int = FIRST_PAGE) -> Path:
    """Write the transcript as a text file, with the number of the page above each."""
    pages = [
        "\n".join(
            [f"{' ' * 50}Page {number}", *(f"{n:4}   {line}".rstrip() for n, line in enumerate(lines, 1))]
        )
        for number, lines in enumerate(PAGES, first)
    ]
    path.write_text(("\n\f" if form_feeds else "\n").join(pages) + "\n")
    return path


def transcript_pdf(
    path: Path, *, order: str = "rows", pages: Sequence[Sequence[str]] = PAGES, first: int = FIRST_PAGE
) -> Path:
    """Write it as a PDF whose stream has the numbers before each line ("rows"), or "first" or "last"."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    for number, lines in enumerate(pages, first):
        canvas.setFont("Courier", 11)
        canvas.drawRightString(540, 750, f"Page {number}")
        places = [(n, 710 - 25 * n, line) for n, line in enumerate(lines, 1)]
        if order == "first":
            for n, y, _ in places:
                canvas.drawRightString(84, y, str(n))
        for n, y, line in places:
            if order == "rows":
                canvas.drawRightString(84, y, str(n))
            canvas.drawString(108, y, line)
        if order == "last":
            for n, y, _ in places:
                canvas.drawRightString(84, y, str(n))
        canvas.drawCentredString(306, 40, "Lark Reporting Services")
        canvas.showPage()
    canvas.save()
    return path
