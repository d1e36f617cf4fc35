"""Tell from the form of a question what kind of thing an answer must hold."""

from __future__ import annotations

import re

from rag.question.understanding.intent import AUXILIARY, without_courtesy
from rag.question.understanding.understood import Intent
from rag.question.wanted import Wanted

_MEDICINE_WORD = (
    r"(?:medicines?|medications?|meds|drugs?|tablets?|pills?|antibiotics?|pain ?killers?|"
    r"analgesics?|inhalers?|"
    r"blood thinners?|water tablets?|anticoagulants?|diuretics?|injections?|vaccines?|laxatives?|sedatives?|"
    r"sleeping tablets?|antidepressants?|statins?|steroids?|eye drops|creams?|prescriptions?|ointments?|"
    r"beta[- ]blockers?|insulins?|agents?|chemotherapy|chemo)"
)
_MONEY_WORD = (
    r"(?:price|fees?|rents?|rental|costs?|charges?|salary|wages?|pay|deposit|excess|premium|worth|damages|"
    r"compensation|sum|invoiced|invoice (?:total|amount)|gross|net amount|balance|budget|discount|"
    r"refund|credit|"
    r"instalments?|arrears|fine|penalty|consideration|settlement|bill|payment|tariff|amount (?:due|"
    r"owed|payable|"
    r"invoiced|paid))"
)
_PAYS = (
    r"(?:money|pay|paid|cost|costs|charge[ds]?|owe[ds]?|earn|spend|spent|due|worth|invoiced|"
    r"bill(?:ed)?|claim(?:ed)?)"
)
_MEASURED = (
    r"(?:potassium|sodium|creatinine|urea|urate|h(?:a)?emoglobin|hb|hba1c|a1c|inr|crp|egfr|gfr|esr|wbc|wcc|alt|ast|"
    r"alp|ggt|tsh|psa|bnp|ntprobnp|ldl|hdl|bmi|bp|k|na|mg level|weight|height|blood pressure|pulse|"
    r"heart rate|"
    r"temperature|temp|sats?|saturations?|glucose|sugar|ferritin|albumin|platelets?|bilirubin|calcium|magnesium|"
    r"phosphate|cholesterol|triglycerides|troponin|lactate|lvef|ejection fraction|mmse|moca|news2?|gcs|"
    r"respiratory rate|urine output|neutrophils|lymphocytes|digoxin level|lithium level|trough|"
    r"level|value|score|"
    r"reading|rate|ratio|percentage|percent|limit|cap|target|size|area|number|total|count|dimension|capacity)"
)
_TIME_UNIT = r"(?:days?|nights?|weeks?|months?|years?|hours?|minutes?)"
_IDENTIFYING = (
    r"(?:hospital|clinic|nhs|case|file|invoice|order|account|policy|phone|telephone|tel|mobile|fax|company|registration|"
    r"reference|claim|patient|record|registered|title|delivery note|credit note|form|incident form|"
    r"batch|lot|serial|"
    r"licence|license|vat|tax|bank|room|bed|docket|matter|contract|ticket|purchase order|po|gmc|nmc|mrn|unit|"
    r"customer|membership|document|bates|exhibit|lab|specimen|sample|land registry|extension|iban|sort)"
)
_PERSON_WORD = (
    r"(?:part(?:y|ies)|persons?|people|compan(?:y|ies)|firms?|doctors?|surgeons?|courts?|judges?|patients?|clients?|"
    r"nurses?|consultants?|gp|physio|therapists?|solicitors?|lawyers?|tenants?|landlords?|lady|gentleman|residents?|"
    r"(?:members? of (?:the )?)?staff|colleagues?|clinicians?|midwi(?:fe|ves)|pharmacists?|"
    r"dietitians?|porters?|"
    r"registrars?|secretar(?:y|ies)|clerks?|barristers?|trustees?|executors?|"
    r"suppliers?|agents?|witness(?:es)?|employees?|insurers?|carers?)"
)
_FORMS: tuple[tuple[Wanted, str], ...] = (
    (Wanted.PERSON, rf"^(?:in |by |to |for |of |from )?(?:who|whom|whose|which {_PERSON_WORD})\b"),
    (
        Wanted.IDENTIFIER,
        rf"\b(?:{_IDENTIFYING}) (?:no\.?|nos\.?|nr\.?|numbers?|ref\.?|reference|code|id)(?!\w)"
        r"|\b(?:what|which|whose|the|our|their|your|s['’]?|his|her) (?:ref(?:erence)?|mrn|nhs "
        r"number|iban|postcode|"
        r"post code|zip code|e-?mail(?: address)?|code|id|url|website)\b(?! (?:range|value|level|"
        r"interval|date|to))"
        r"|\bref(?:erence)?\.? (?:no|number|please|pls)\b|^(?:ref(?:erence)?|mrn|e-?mail address|postcode)\b"
        r"|\bs['’] (?:ref(?:erence)?|number|no\.)(?!\w)|['’]s (?:ref(?:erence)?|number|no\.|mrn|"
        r"e-?mail)(?!\w)",
    ),
    (
        Wanted.DATE,
        # Not every "when" asks for a date: "the level when it was repeated" does not, nor does "when should
        # it be stopped".
        r"(?:^|[.;,:?–-]\s*|\b(?:by|since|until|till|from|and|or)\s+)when\b(?! (?:should|may|can|"
        r"must|do i|is it)\b)"
        r"|\b(?:by|since|until|till|from) when\b|\bwhen\s*\?"
        r"|\b(?:what|which) (?:\w+ ){0,2}(?:dates?|day|days|month|year|deadline|birthday)\b|"
        r"\b(?:d\.?o\.?b\.?|date of|"
        r"(?:due|expiry|expiration|start|end|completion|new|review|signing|signature|issue|break|discharge|admission|"
        r"next|last) date|deadline for|"
        r"what is the deadline|how soon is the next|born)\b(?!.*\bwhere\b)|\bdates?\s*\?+$",
    ),
    (
        Wanted.DOSE,
        r"\b(?:dose|doses|dosage|dosing(?! (?:decision|instruction|chart|clinic|team|nurse))|"
        r"strength|posology)\b|"
        r"\b(?:mg|mcg|micrograms?|milligrams?|units) of \w+ (?:a|per|each|every) (?:day|week|month|"
        r"dose)\b|\bhow (?:many|much) (?:mg|mcg|"
        r"micrograms?|milligrams?|"
        r"units?|tablets?|tabs?|puffs?|drops?|capsules?|ml)\b"
        rf"|\bhow much (?:of (?:the |his |her )?)?(?:{_MEDICINE_WORD}|[a-z]+(?:in|ol|ine|ide|one|"
        rf"pam|lin|min|cin|zole|"
        rf"pril|sartan|statin|mab|ban|xaban|profen|mol|tine|pine|done|phine|rin|roxine|prazole|formin|xacin|mycin))\b",
    ),
    (
        Wanted.DURATION,
        rf"\b(?:for )?how long\b(?! (?:is|are|was) the (?:corridor|wall|road|wound|scar|incision|"
        rf"fence|garden|boat|"
        rf"table))|\bhow many {_TIME_UNIT}\b|\b(?:notice period|period of notice|length of stay|"
        rf"duration|length of the "
        rf"(?:lease|term|contract|course|notice|warranty|stay))\b|\bhow much (?:notice|time|longer)\b|"
        rf"\b(?:what|which) (?:\w+ ){{0,2}}(?:period|term|retention)\b",
    ),
    (
        Wanted.MONEY,
        rf"\b(?:what|how much|which)\b(?! happens| if\b)[\w\s’'&,.-]{{0,50}}\b(?:{_MONEY_WORD})\b|"
        rf"\bhow much\b.{{0,60}}\b{_PAYS}\b"
        rf"|^(?:[\w’'-]+ ){{0,3}}(?:{_MONEY_WORD})\b|\b(?:annual|monthly|yearly|weekly) "
        rf"(?:rent|fee|charge|price|premium|salary)\b|\bhow (?:expensive|cheap|dear)\b|\bwhat (?:do|"
        rf"does|did|will|"
        rf"would|must) .* (?:cost|pay|charge|earn|owe)\b",
    ),
    (
        Wanted.MEDICINE,
        rf"\b(?:what|which|name of)\b(?! (?:dose|is the dose|was the dose))(?: [\w'’.-]+){{0,5}}? (?:the |"
        rf"her |his )?"
        rf"{_MEDICINE_WORD}\b|^(?:the |all |current |regular |new |list |discharge |name |his |her |"
        rf"regular )*"
        rf"(?:medicines?|medications?|meds|drugs)\b",
    ),
    (
        Wanted.PERSON,
        # "What is the patient's allergy?" and "What does the client owe?" ask for no person.
        r"\b(?:who|whom|whose|who['’]s)\b"
        rf"|\b(?:which|what) (?:(?!{AUXILIARY}\b)\w+ ){{0,2}}{_PERSON_WORD}\b(?!['’])"
        rf"|\bwhat (?:is|was|are|were) (?:\w+ )?{_PERSON_WORD}\W*$"
        r"|\bname of\b|['’]s name\b|^name\b(?! (?:the|all|every|each))"
        r"|^(?:signatory|author|consultant|gp|surgeon|next of kin)\b",
    ),
    (
        Wanted.PLACE,
        r"\b(?:where|whereabouts|which (?:\w+ )?(?:ward|hospital|home|clinic|room|address|unit|"
        r"building|city|town|"
        r"country|site|department|place|bay|bed|floor|hotel|office|county|street))\b"
        r"|\baddress of\b|['’]s address\b|^(?:the )?address\b|\bwhat (?:is|was) the (?:[\w’']+ "
        r"){0,3}(?:address|"
        r"ward|location)\b",
    ),
    (
        Wanted.AMOUNT,
        rf"\bhow (?:many|much|often|old|far|soon|quickly|high|low|large|big|late|heavy|tall|wide|"
        rf"deep|small|frequent)"
        rf"\b|\bwhat\b[\w\s’'&.-]{{0,50}}\b(?:{_MEASURED}|dose|amount)\b|^[\w\s’'.-]{{0,40}}\b(?:{_MEASURED})\b"
        rf"|^[\w\s’'.,/:-]*\b(?:{_MEASURED})\b[\w\s’'.,/:-]*\?*$|\b(?:{_MEASURED}) (?:of|on|in|at|"
        rf"before|after)\b",
    ),
)
_WHY = re.compile(r"^(?:so |and |but )?why\b", re.I)
_KINDS = tuple((kind, re.compile(form, re.I)) for kind, form in _FORMS)
_BY_INTENT = {
    Intent.YES_NO: Wanted.YES_NO,
    Intent.COUNT: Wanted.AMOUNT,
    Intent.DURATION: Wanted.DURATION,
    Intent.DEFINITION: Wanted.ANYTHING,
    Intent.SUMMARY: Wanted.ANYTHING,
    Intent.COMPARISON: Wanted.ANYTHING,
}


def wanted_of(question: str, intent: Intent) -> Wanted:
    """Return the kind of thing that an answer to a question of this intent must hold.

    A list wants things of the kind: "which medicines were stopped" wants MEDICINE, "on which dates" DATE.
    """
    if intent in _BY_INTENT:
        return _BY_INTENT[intent]
    asked = without_courtesy(question)
    if _WHY.search(asked):
        return Wanted.ANYTHING
    return next((kind for kind, form in _KINDS if form.search(asked)), _default(intent))


def _default(intent: Intent) -> Wanted:
    computed = (Intent.SUM, Intent.DIFFERENCE, Intent.AVERAGE, Intent.HIGHEST, Intent.LOWEST)
    return Wanted.AMOUNT if intent in computed else Wanted.ANYTHING
