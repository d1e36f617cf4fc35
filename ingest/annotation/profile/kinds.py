"""What kind of document it is, by the words of its title, first lines and file name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KINDS = (
    "discharge summary|discharge letter|transfer letter|transfer summary|referral letter|clinic letter"
    "|outpatient letter|appointment letter|admission note|operation report|operation note|operative note"
    "|anaesthetic chart|consent form|medication chart|drug chart|medication list|medication plan|repeat"
    " medication"
    "|prescription chart|prescription|nursing notes?|nursing record|progress notes?|ward round|handover"
    " sheet|handover"
    "|observation chart|fluid chart|care plan|risk assessment|pathology report|histology report"
    "|radiology report"
    "|imaging report|laboratory report|laboratory list|lab results?|blood results?|blood tests?|bloods"
    "|inr book"
    "|echo(?:cardiography|cardiogram)? report|ecg report|death certificate|fit note|sick note|birth plan"
    "|diabetes register|patient register|attendance note|file note|telephone note|meeting minutes|minutes"
    "|witness statement|expert report|medical report|skeleton argument|particulars of claim|statement of"
    " case|defence"
    "|claim form|court order|consent order|judgment|order|notice to quit|notice of termination|notice"
    "|deed of variation|deed of surrender|deed of assignment|deed of trust|power of attorney|deed"
    "|letter of engagement|engagement letter|letter of claim|letter before action|letter of intent|cover"
    " letter"
    "|lease renewal|underlease|lease|tenancy agreement|licence to (?:assign|alter|occupy)|licen[cs]e"
    " agreement"
    "|non-disclosure agreement|confidentiality agreement|services? agreement|supply agreement|supply contract"
    "|loan agreement|facility agreement|share purchase agreement|shareholders'? agreement|partnership"
    " agreement"
    "|employment contract|contract of employment|service agreement|settlement agreement|development agreement"
    "|hosting agreement|affiliate agreement|promotion agreement|outsourcing agreement|distribution agreement"
    "|framework agreement|sale agreement|purchase agreement|amendment(?: agreement)?|variation|addendum"
    "|side letter"
    "|agreement|contract|guarantee|indemnity|mortgage|charge|will|codicil|affidavit|undertaking"
    "|terms (?:and conditions|of business|of the sale)|policy schedule|insurance policy|insurance certificate"
    "|service charge statement|statement of account|bank statement|completion statement|account statement"
    "|invoice register|invoice list|invoice|credit note|purchase order|order form|delivery note|receipt"
    "|quotation"
    "|price list|schedule of (?:works|prices|condition|costs|loss|rents?)|prices|rent schedule|cost"
    " schedule|budget"
    "|rent roll|due diligence|register|protocol|procedure|policy|guideline|standard operating procedure"
    "|checklist"
    "|training record|rota|timetable|staff list|telephone list|questionnaire|form|memo(?:randum)?|circular"
    "|report|summary|statement|certificate|schedule|appointment|referral|letter|note|notes|record|chart|plan|list"
    "|mietvertrag|arztbrief|entlassungsbrief|rechnung|vertrag|befund|contrat|bail|facture|ordonnance"
)
_KIND = re.compile(rf"(?<![\w-])(?:{_KINDS})(?![\w-])", re.IGNORECASE)
_GENERAL = frozenset(
    "report summary statement certificate schedule letter note notes record chart plan list form"
    " agreement contract"
    " notice order register charge will policy appointment referral deed".split()
)


def kind_of(texts: Iterable[str]) -> str:
    """Return the kind of document that the first of `texts` with one names, in lower case; else empty.

    A kind that says more ("discharge letter") is preferred to one that says less ("letter").
    """
    general = ""
    for text in texts:
        found = [match.group().lower() for match in _KIND.finditer(text.replace("_", " "))]
        for kind in found:
            if kind not in _GENERAL:
                return kind
        general = general or (found[0] if found else "")
    return general
