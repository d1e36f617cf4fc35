"""Write the sample documents: `python sample_docs/make.py [FOLDER]`. Every name in them is invented.

The same versions of the libraries give the same bytes; other versions give the same text.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from makers.legal import deal, dispute, services
from makers.legal import property as land
from makers.medical import clinic, gallbladder, heart, hip

FILES: dict[str, Callable[[Path], None]] = {
    "legal/services_agreement.pdf": services.services_agreement,
    "legal/services_amendment_1.pdf": services.services_amendment,
    "legal/lease_unit_7.docx": land.lease,
    "legal/roof_emails.eml": land.roof_emails,
    "legal/court_order.pdf": dispute.court_order,
    "legal/witness_statement_tebbutt.txt": dispute.witness_statement,
    "legal/engagement_letter.html": dispute.engagement_letter,
    "legal/nda_ombrel_sennet_row.md": deal.nda,
    "legal/due_diligence_ombrel.csv": deal.diligence_list,
    "medical/discharge_summary_trewick.pdf": heart.discharge_summary,
    "medical/clinic_letter_trewick.txt": heart.clinic_letter,
    "medical/lab_results_corrowan.xlsx": hip.lab_results,
    "medical/medication_chart_corrowan.docx": hip.medication_chart,
    "medical/nursing_notes_corrowan.md": hip.nursing_notes,
    "medical/consent_form_orrick.pdf": gallbladder.consent_form,
    "medical/operation_report_orrick.html": gallbladder.operation_report,
    "medical/anticoagulant_policy.pptx": clinic.anticoagulant_policy,
    "medical/referral_scanned.pdf": clinic.scanned_referral,
}


def make(folder: Path) -> None:
    """Write all sample documents into `folder`."""
    for name, write in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    make(parser.parse_args().folder)


if __name__ == "__main__":
    main()
