"""What the fields of forms and letters say: which hold people, which numbers, which dates."""

from __future__ import annotations

import re

_ROLES = {
    "patient": "patient|name of (?:the )?patient|patient(?:'s)? (?:full )?name|pt|resident|service user"
    "|pupil|child|baby",
    "client": "client|client name|our client|customer name|applicant name|data subject",
    "person": "name|full name|surname, first name|name of person|re",
    "claimant": "claimants?|plaintiffs?|petitioners?|appellants?|applicants?|complainant",
    "defendant": "defendants?|respondents?|appellees?|accused",
    "landlord": "landlords?|lessors?",
    "tenant": "tenants?|lessees?",
    "seller": "sellers?|vendors?|transferors?",
    "buyer": "buyers?|purchasers?|transferees?|the buyer/end-user",
    "supplier": "suppliers?|provider|contractor|service provider|manufacturer|consultant company",
    "customer": "customers?|employer's client|recipient of services|company",
    "lender": "lenders?|mortgagee|creditor|bank",
    "borrower": "borrowers?|mortgagor|debtor",
    "guarantor": "guarantors?|surety",
    "licensor": "licensors?",
    "licensee": "licensees?",
    "employer": "employers?",
    "employee": "employees?|name of employee|member of staff",
    "insured": "insured|policy ?holder|policyholder|insured person|member|beneficiary",
    "insurer": "insurers?|underwriters?",
    "party": "party|parties|first party|second party|donor|deceased|testator|executor|trustee|attorney",
    "relative": "next of kin|nok|emergency contact|mother|father|parent|guardian|wife|husband|son|daughter"
    "|carer",
    "practitioner": "gp|general practitioner|family doctor|doctor|consultant|responsible consultant|surgeon"
    "|responsible surgeon|anaesthetist|named nurse|midwife|physiotherapist|pharmacist|judge|before|key worker"
    "|social worker|referring doctor|referrer|nurse in charge|on-call doctor|assistant|practitioner",
}
ROLE_OF_FIELD = {
    role: re.compile(rf"(?:the )?(?:{names})(?: \(.*\))?", re.IGNORECASE) for role, names in _ROLES.items()
}
MAIN_ROLES = (
    "patient", "client", "claimant", "defendant", "landlord", "tenant", "seller", "buyer", "supplier",
    "customer",
    "lender", "borrower", "guarantor", "licensor", "licensee", "employer", "employee", "insured", "insurer",
    "party", "person", "matter",
)  # fmt: skip
"""The roles of those whom a document is about, as against those who had a part in it."""
IDENTIFIER_FIELD = re.compile(
    r"(?:(?:hospital|hosp\.?|patient|clinic|practice|unit|nhs|chi|mrn|case|claim|file|matter|policy|account|contract"
    r"|agreement|title|company|registration|reg\.?|employee|personnel|staff|member|membership|customer|client"
    r"|reference|order|invoice|purchase order|po|insurance|passport|record|medical record|our|your|court"
    r"|lot|batch"
    r"|ni|national insurance|project)"
    r"\s*(?:no\.?s?|number|num\.?|nr\.?|ref\.?|reference|id|id no\.?|#)?"
    r"|no\.?|number|nr\.?|id|ref\.?|mrn|our ref(?:erence)?|your ref(?:erence)?)",
    re.IGNORECASE,
)
BORN_FIELD = re.compile(
    r"(?:born|d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|b\.|geb\.?|geboren(?: am)?|date de naissance"
    r"|née? le)",
    re.IGNORECASE,
)
DATE_FIELD = re.compile(
    r"(?:date|dated|datum|date of (?:this )?(?:letter|report|document|agreement|deed|lease|issue|order"
    r"|statement|note"
    r"|hearing|clinic|visit|consultation|operation|review|contract|invoice|meeting|discharge|referral|policy)"
    r"|(?:letter|report|issue|invoice|agreement|contract|document|clinic|consultation|meeting|reporting|order"
    r"|statement|effective|operation|discharge|hearing|visit|sent|received|commencement) date"
    r"|issued(?: on)?|made(?: on)?|signed(?: on)?|seen(?: on)?|typed|dictated|written|discharged|date"
    r" (?:typed|sent|seen|issued|written)"
    r"|valid from|in force from|effective from|version date|last updated|updated|as (?:of|at)|printed)",
    re.IGNORECASE,
)
AUTHOR_FIELD = re.compile(
    r"(?:author|written by|prepared by|drafted by|drawn up by|compiled by|reported by|authorised by"
    r"|approved by"
    r"|signed(?: by)?|completed by|dictated by|typed by|issued by|owner|document owner|responsible|fee"
    r" earner|reviewer)",
    re.IGNORECASE,
)
SENDER_FIELD = re.compile(r"(?:from|sender|von|de|absender)", re.IGNORECASE)
RECIPIENT_FIELD = re.compile(
    r"(?:to|recipients?|addressee|attn|attention|for the attention of|an|à|empfänger)", re.IGNORECASE
)
COPY_FIELD = re.compile(r"(?:cc|bcc|copy|copies|copy to|copies to|c\.c\.)", re.IGNORECASE)
SUBJECT_FIELD = re.compile(
    r"(?:re|subject|matter|in the matter of|betreff|betr\.?|objet|concerning|regarding|property|premises"
    r"|project"
    r"|title of matter|case|about)",
    re.IGNORECASE,
)

_OTHER_FIELD = re.compile(
    r"(?:ward|bed|room|bay|sex|gender|age|address|telephone|tel\.?|phone|mobile|e-?mail|fax|allerg(?:y|ies)|diagnos[ie]s"
    r"|weight|height|pulse|bp|blood pressure|temp(?:erature)?|edition|version|status|admitted|discharged"
    r"|rent|deposit"
    r"|term|amount|total|balance|due|department|unit|time|place|nationality|occupation|marital status"
    r"|religion)",
    re.IGNORECASE,
)


def role_of_field(name: str) -> str:
    """Return the role of the person or party in a field with that name, or empty."""
    for role, pattern in ROLE_OF_FIELD.items():
        if pattern.fullmatch(name):
            return role
    return ""


def is_field_name(name: str) -> bool:
    """Return whether a name is one that fields of forms and letters usually have."""
    return bool(role_of_field(name)) or any(
        pattern.fullmatch(name)
        for pattern in (
            BORN_FIELD, IDENTIFIER_FIELD, DATE_FIELD, AUTHOR_FIELD, SENDER_FIELD, RECIPIENT_FIELD, COPY_FIELD,
            SUBJECT_FIELD, _OTHER_FIELD,
        )
    )  # fmt: skip
