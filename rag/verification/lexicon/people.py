"""Who acts in documents of law and medicine."""

from __future__ import annotations

ROLES = frozenset(
    """
    buyer seller purchaser vendor customer supplier client contractor subcontractor employer employee
    worker landlord tenant lessor lessee licensor licensee lender borrower creditor debtor guarantor
    trustee beneficiary principal agent assignor assignee franchisor franchisee mortgagor mortgagee
    plaintiff defendant claimant respondent appellant appellee petitioner applicant insurer insured
    executor testator donor donee grantor grantee bailor bailee drawer drawee payer payor payee company
    distributor manufacturer discloser recipient owner manager director shareholder partner husband wife
    mother father sister brother son daughter parent child patient physician doctor nurse surgeon
    pharmacist consultant registrar midwife court judge party parties bank hospital government state
    processor controller auditor arbitrator notary carrier shipper consignee sponsor investigator
    investor promoter underwriter broker publisher author user provider operator holder promisor
    promisee obligor obligee transferor transferee settlor heir legatee witness prosecutor anaesthetist
    cardiologist therapist paramedic
    """.split()
)
"""Who acts and who is acted on. Never stemmed (`employer` is not `employee`); their order matters."""
