"""A small vault of a ward and its office: a table of results, letters about two people, and invoices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ingest.parsing.pool import ParserPool
from ingest.pipeline import Ingest
from tests.documents import new_collection
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

COLLECTION = "ward"
RESULTS = (
    ("10 March 2026", "4.1", "88"),
    ("13 March 2026", "3.4", "92"),
    ("16 March 2026", "4.4", "95"),
    ("19 March 2026", "4.6", "99"),
)
INVOICES = (
    ("R-04410", "2026-01-05", "Copperleaf Bakery", "1200"),
    ("R-04411", "2026-02-05", "Copperleaf Bakery", "1200"),
    ("R-04412", "2026-02-11", "Harrow <b>Mill</b>", "640.50"),
    ("R-04413", "2026-03-05", "Copperleaf Bakery", "1250"),
)
_LETTERS = {
    "discharge Corrowan.txt": "Discharge summary\n\nPatient: Anna Corrowan\nHospital number: 4471902\n"
    "Date: 20 March 2026\n\nAnna Corrowan takes metoprolol 25 mg twice a day. She is allergic to "
    "penicillin.\n",
    "clinic Corrowan.txt": "Clinic letter\n\nPatient: Robert Corrowan\nDate: 2 February 2026\n\n"
    "Robert Corrowan takes apixaban 5 mg twice a day.\n",
}


def write_files(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """Write the files, or those of these names, into a folder."""
    folder.mkdir(exist_ok=True)
    _results_pdf(folder / "results Corrowan.pdf")
    lines = ["Invoice,Date,Customer,Amount (GBP)", *(",".join(invoice) for invoice in INVOICES)]
    (folder / "invoices.csv").write_text("\n".join(lines) + "\n")
    for name, text in _LETTERS.items():
        (folder / name).write_text(text)
    return sorted(path for path in folder.iterdir() if not names or path.name in names)


def fill(vault: Vault, folder: Path, embedder: Embedder, parsers: ParserPool, settings: Settings) -> None:
    """Add the files to a new collection of the vault."""
    with new_collection(vault, COLLECTION) as collection:
        report = Ingest(collection, embedder, settings, parsers=parsers).run(write_files(folder))
        assert report.ready == 4
        assert report.failed == []


def _results_pdf(path: Path) -> None:
    """Write a page with the results as a table that has rules."""
    styles = getSampleStyleSheet()
    table = Table([("Date", "Potassium (mmol/L)", "Creatinine (umol/L)"), *RESULTS], hAlign="LEFT")
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
    SimpleDocTemplate(str(path), pagesize=A4, title="Results").build(
        [
            Paragraph("Results of the blood tests", styles["Heading1"]),
            Paragraph("Patient: Anna Corrowan", styles["BodyText"]),
            Paragraph("Date: 19 March 2026", styles["BodyText"]),
            Spacer(1, 12),
            table,
        ]
    )
