"""A collection with people whose names are alike, and parties, for the questions of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.documents import add_annotated, new_collection
from vault.annotations import Subject
from vault.records import Page
from vault.store.collection import Collection
from vault.store.sentences.index import SentenceIndex
from vault.vault import Vault

DOCUMENTS: tuple[tuple[str, str, tuple[Subject, ...], tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (
        "discharge Hartwell.txt",
        "Discharge summary\n\nPatient: Mrs Imogen Hartwell\nHospital number: QT-40417\n\nMrs "
        "Hartwell was admitted "
        "on 3 March 2025. Mr Aldous Penrose operated on her knee on 5 March 2025. Her potassium was "
        "4.2 mmol/l on "
        "13 March 2025. She takes metoprolol 50 mg and warfarin 3 mg. She is allergic to penicillin. Left "
        "ventricular ejection fraction (LVEF) 45 %. Medications were reviewed in clinic by the manager.",
        (Subject("Mrs Imogen Hartwell", "patient", ("QT-40417",)),),
        ("Mrs Imogen Hartwell", "Mrs Hartwell", "Mr Aldous Penrose"),
        (("LVEF", "left ventricular ejection fraction"),),
    ),
    (
        "transfer Hartnell.txt",
        "Transfer letter\n\nPatient: Mrs Imogene Hartnell\nHospital number: QT-40471\n\nBed 12: Mrs "
        "Imogene Hartnell. "
        "Mrs Hartnell is allergic to codeine. Creatinine 66 on 13 March 2025. Haemoglobin 118 on 2 May 2024.",
        (Subject("Mrs Imogene Hartnell", "patient", ("QT-40471",)),),
        ("Mrs Imogene Hartnell", "Mrs Hartnell"),
        (),
    ),
    (
        "clinic list.txt",
        "Clinic list\n\nMr Tobias Fielding was seen on 14 October 2025, blood pressure 128/80. His "
        "niece Clemency "
        "Fielding came to her check on 11 September 2025. Dr Rose Quint and Mr Ian O'Brien signed. "
        "The INR of Mrs "
        "Ingrid Sjöqvist was 2.4 on 13 May 2025.",
        (),
        (
            "Mr Tobias Fielding", "Clemency Fielding", "Dr Rose Quint", "Mr Ian O'Brien",
            "Mrs Ingrid Sjöqvist",
            "Mr Fielding",
        ),
        (),
    ),
    (
        "lease.txt",
        "Lease of Suite 9\n\nAldgate Fabrics Ltd (the “Tenant”) pays a deposit of 6,000 pounds to "
        "Bramwell & Stokes "
        "LLP. Invoice AF-2203 was paid on 4 July 2023. Quarter Days are 25 March and 29 September. "
        "Clause 4.2(b) "
        "lets the landlord end the lease. Weston Quay is the address of the warehouse.",
        (),
        ("Aldgate Fabrics Ltd", "Bramwell & Stokes LLP", "Weston Quay"),
        (("Tenant", "Aldgate Fabrics Ltd"),),
    ),
)  # fmt: skip
"""Name, text, subjects, other names and definitions of each document."""


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The collection, which no test changes."""
    folder = tmp_path_factory.mktemp("asked") / "vault"
    with (
        Vault.create(folder, user="local", purpose="tests") as vault,
        new_collection(vault, "ward") as collection,
    ):
        for name, text, subjects, names, definitions in DOCUMENTS:
            sha256 = add_annotated(collection, name, Page(1, text)).sha256
            annotation = collection.catalogue.sentences.annotation(sha256)
            assert annotation is not None
            profile = replace(annotation.profile, subjects=subjects, definitions=definitions)
            # What is told from the text is tested where it is told; here the names are given.
            collection.catalogue.sentences.replace(replace(annotation, names=names, profile=profile))
        yield collection


@pytest.fixture(scope="session")
def sentences(asked: Collection) -> SentenceIndex:
    """The sentence index of the collection."""
    return asked.catalogue.sentences
