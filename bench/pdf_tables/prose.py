"""Pages without a table: prose, columns, addresses, forms, signatures, clauses."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]

from bench.pdf_tables.drawing import WIDTH, Drawing

_LONG = (
    "The parties met on 14 January 2026 to discuss the state of the roof, which had let in water since the "
    "storm of 9 November 2025. Mr Tredwell said that he had paid 1,250.00 for a survey and that its 14 pages "
    "left no doubt. Ms Oakes answered that she had never seen it. They agreed to share the cost of a second "
    "opinion, to be given by 28 February, and to write nothing to the insurers before then. "
)
_CLAUSES = (
    "The Tenant shall keep the interior of the premises in good repair and shall make good any damage within "
    "fourteen days of being asked to do so in writing.",
    "The Landlord shall insure the building against fire, storm and flood, and shall show the policy on "
    "request.",
    "Neither party may assign this agreement without the consent of the other, which is not to be withheld "
    "without reason.",
)


def plain(d: Drawing) -> None:
    """Paragraphs."""
    for _ in range(5):
        d.prose(_LONG)


def justified(d: Drawing) -> None:
    """Paragraphs set to both edges."""
    for _ in range(5):
        d.prose(_LONG, justified=True)


def justified_narrow(d: Drawing) -> None:
    """A narrow column set to both edges, with wide gaps between words."""
    for _ in range(4):
        d.prose(_LONG, justified=True, width=150)


def columns(d: Drawing) -> None:
    """Two columns, the left one first."""
    top, width = d.y, (WIDTH - 2 * d.left) / 2 - 12
    d.prose(_LONG + _LONG, width=width)
    d.y = top
    d.prose(_LONG + _LONG, width=width, x=d.left + width + 24)


def columns_by_row(d: Drawing) -> None:
    """Two columns that are written row by row."""
    width = (WIDTH - 2 * d.left) / 2 - 14
    lines = simpleSplit(_LONG * 4, d.plain, d.size, width)
    half = len(lines) // 2
    for left, right in zip(lines[:half], lines[half:], strict=False):
        y = d.y
        d.line(left)
        d.y = y
        d.line(right, x=d.left + width + 28)


def addresses(d: Drawing) -> None:
    """Two addresses side by side, then a letter."""
    for left, right in (
        ("Aldous Pryce & Co", "Wexbridge County Court"),
        ("14 Saddler Row", "Civic Centre"),
        ("Wexbridge", "3 Castle Street"),
        ("WX3 8LN", "WX1 1AA"),
    ):
        y = d.y
        d.line(left)
        d.y = y
        d.line(right, x=d.left + 260)
    d.space(20)
    d.prose(_LONG)


def letterhead(d: Drawing) -> None:
    """The head of a letter with telephone numbers at the right."""
    for left, right in (
        ("Rowan House Surgery", "Telephone 01632 960 114"),
        ("8 Mill Lane", "Fax 01632 960 115"),
        ("Wexbridge WX2 4RT", "9 April 2026"),
    ):
        y = d.y
        d.line(left)
        d.y = y
        d.line(right, x=d.left + 290)
    d.space(16)
    d.line("Dear Dr Lindqvist,")
    d.space(6)
    d.prose(_LONG)


def signatures(d: Drawing) -> None:
    """Lines to sign on, side by side."""
    d.prose(_LONG)
    for left, right in (
        ("______________________", "______________________"),
        ("Ms Harriet Oakes", "Mr Simon Tredwell"),
        ("Landlord", "Tenant"),
        ("Date: 4 March 2026", "Date: 6 March 2026"),
    ):
        y = d.y
        d.line(left)
        d.y = y
        d.line(right, x=d.left + 250)


def clauses(d: Drawing) -> None:
    """Numbered clauses with a wide gap after the number."""
    for number, text in enumerate(_CLAUSES * 2, 1):
        y = d.y
        d.line(f"{number // 3 + 1}.{number % 3 + 1}")
        d.y = y
        d.prose(text, x=d.left + 40, width=WIDTH - 2 * d.left - 40)


def bullets(d: Drawing) -> None:
    """A list with marks."""
    for text in (
        "no alcohol for two weeks",
        "wash the wound with plain water",
        "return at once if there is fever",
    ):
        y = d.y
        d.line("•")
        d.y = y
        d.line(text, x=d.left + 18)


def contents(d: Drawing) -> None:
    """A list of contents with the pages at the right."""
    for title, page in (
        ("Introduction", "1"),
        ("Facts", "3"),
        ("The lease", "7"),
        ("Remedies", "12"),
        ("Annexes", "15"),
    ):
        y = d.y
        d.line(title)
        d.y = y
        d.line(page, x=d.left + 380)


def form(d: Drawing) -> None:
    """A form."""
    d.form(
        "Patient: Mrs W. Harkaway",
        "Born: 14 Aug 1943",
        "Hospital no.: 20-44871",
        "Allergies: trimethoprim",
        "Next of kin: Mr P. Harkaway, husband",
    )
    d.space(12)
    d.prose(_LONG)


def form_in_prose(d: Drawing) -> None:
    """Prose in which lines have colons."""
    d.prose("Diagnosis: " + _LONG)
    d.prose("Course: " + _LONG)
    d.prose("There were two conditions: the first was the survey, the second a written promise. " + _LONG)


def transcript(d: Drawing) -> None:
    """Questions and answers of a hearing."""
    for question, answer in (
        ("Did you see the survey before January?", "No, I did not."),
        ("Who gave it to you?", "Nobody did, I asked for it in March."),
        ("Was that by letter?", "By telephone, and then by letter on the 9th."),
    ):
        for mark, text in (("Q.", question), ("A.", answer)):
            y = d.y
            d.line(mark)
            d.y = y
            d.line(text, x=d.left + 30)


def numbered_lines(d: Drawing) -> None:
    """A pleading with the numbers of its lines in the margin."""
    for number, text in enumerate(simpleSplit(_LONG * 3, d.plain, d.size, 380), 1):
        y = d.y
        d.line(str(number))
        d.y = y
        d.line(text, x=d.left + 34)


PROSE: tuple[Callable[[Drawing], None], ...] = (
    plain, justified, justified_narrow, columns, columns_by_row, addresses, letterhead, signatures, clauses,
    bullets, contents, form, form_in_prose, transcript, numbered_lines,
)  # fmt: skip
"""One page each."""
