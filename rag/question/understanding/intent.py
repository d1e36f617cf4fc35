"""Tell from the form of a question what kind of answer it asks for."""

from __future__ import annotations

import re

from rag.question.understanding.understood import Intent
from vault.text.dates.months import MONTHS, WEEKDAYS

_COURTESY = re.compile(
    r"^\W*(?:(?:hi|hello|hey|good morning|sorry|and|but|so|also|then|well|ok|okay)\b[\s,]*)*"
    r"(?:(?:please|pls|kindly)\b[\s,]*)*"
    r"(?:(?:can|could|would|will) (?:you|someone|anyone|i|we)(?: please)?(?: just)? "
    r"(?:tell(?: me)?|say|see|find(?: out)?|check|look up|show(?: me)?|give(?: me)?|let me know|"
    r"explain|have|get)"
    r"(?=\W)"
    r"|(?:can|could|would|will) (?:you|someone|anyone)(?: please)?\s+(?=list|summari[sz]e|compare|"
    r"define|name|count|add)"
    r"|do (?:you|we) (?:know|have any idea)\b"
    r"|(?:i|we) (?:need|want|would like|'d like) to know\b|is it known\b"
    r"|(?:tell|show) (?:me|us)\s+|find(?: out)?\s+|give (?:me|us)\s+)?\s*(?:please\b[\s,]*)?",
    re.I,
)
AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would|need|"
    r"isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|doesn['’]?t|didn['’]?t|don['’]?t|hasn['’]?t|haven['’]?t|"
    r"can['’]?t|cannot|won['’]?t)"
)
_TIME_UNIT = r"(?:days?|nights?|weeks?|months?|years?|hours?|minutes?)"
_CHANGED = (
    r"(?:rise|rose|risen|fall|fell|fallen|increase[ds]?|decrease[ds]?|drop(?:ped)?|improved?|go (?:up|down)|"
    r"went (?:up|down)|gone (?:up|down)|change[ds]?|gain(?:ed)?|los[et]|lost|put on|grow|grew|shr[aiu]nk|"
    r"come (?:up|down)|came (?:up|down))"
)
_MORE = (
    r"(?:more|less|fewer|higher|lower|dearer|cheaper|heavier|lighter|longer|shorter|older|younger|taller|greater|"
    r"smaller|larger|bigger|better|worse|above|below|over|under)"
)
_STATED_BOUND = (
    r"(?:daily|weekly|single|total|permitted|allowed|recommended|licensed|dose|dosage|amount|number|notice|"
    r"liability|aggregate|sum|term|period|limit|rent|fee|charge|stay|quantity|size|height|weight|speed|order|"
    r"age|capacity|occupancy|penalty|sentence|requirements?|standards?|wage|insured|cover)"
)
_NO_EARLIEST = (
    r"(?:name|names|floor|deed|schedule|clause|party|line|page|aid|class|instance|refusal|year|quarter|half|named|"
    r"defendant|claimant|tenant|landlord|stage|phase|draft|degree|trimester|paragraph|section|of all|part|"
    r"amendment|lease|agreement|mover|lien|charge|mortgage|tier|choice|line)"
)
_NO_LATEST = (
    r"(?:name|names|page|line|paragraph|clause|section|word|will|resort|post|rites|known address|minute)"
)
_MONTH = "|".join(MONTHS)
_RELATIVE_TIME = (
    r"(?:(?:few |couple of |\d+ |two |three |four |five |six |twelve )?(?:days?|nights?|weeks?|"
    r"months?|years?|quarters?|"
    rf"hours?|weekend|(?:{'|'.join(WEEKDAYS)})s?|spring|summer|autumn|winter|{_MONTH}))"
)
_SINGULAR_S = (
    "is was has does his this its diagnosis prognosis status basis access address process progress business "
    "illness weakness sickness fitness witness loss mass gas bus analysis dialysis thrombosis "
    "sepsis diabetes "
    "pus virus bias lens always perhaps sometimes yes plus versus afterwards news series class glass cross "
    "dress press stress less unless arthritis psoriasis stenosis fibrosis cirrhosis osteoporosis arrears "
    "physics ethics means headquarters premises pancreas uterus anus thus us".split()
)
_PLURALS = "people children men women criteria grounds diagnoses data meds bloods obs feet teeth".split()
_VERBS_S = (
    "applies says happens needs owns pays governs covers signs takes holds gives makes lives works "
    "starts ends "
    "begins expires comes runs counts includes states requires allows deals bears looks shows "
    "suggests remains "
    "stands belongs leads follows becomes gets goes keeps lets provides sends receives wants asks "
    "acts decides "
    "determines appears occurs results causes helps matters concerns relates prevents triggers "
    "replaces changes "
    "controls limits binds permits entitles obliges speaks sits depends protects treats insures "
    "repairs".split()
)
"""Verbs, so that "which clause applies" asks for one thing."""
_PLURAL = (
    rf"(?:{'|'.join(_PLURALS)}|(?!(?:{'|'.join([*_SINGULAR_S, *_VERBS_S])})\b)"
    r"[a-z][a-z-]{2,}(?<!s)(?<!u)(?<!['’])s)"
)
_BETWEEN_NOUN = (
    r"(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|must|shall|should|will|of|"
    r"in|on|at|for|to)\b)[\w'’-]+ ){0,3}"
)

_FORMS: tuple[tuple[Intent, str], ...] = (
    (
        Intent.SUMMARY,
        r"^(?:summari[sz]e|sum up|outline|recap|brief me|précis)\b"
        r"|^(?:a |an |the |short |brief |quick )*(?:summary|overview|outline|gist|synopsis|key "
        r"points|main points|"
        r"highlights) (?:of|on|for|from|in)\b"
        r"|\b(?:in a nutshell|in short|in brief)\b|\bwhat (?:is|was|are) (?:the "
        r")?[\w\s'’.-]{1,60}\babout\s*\?*$"
        r"|\bwhat (?:is|are) the (?:gist|key points|main points)\b",
    ),
    (
        Intent.DEFINITION,
        r"^(?:define|definition|meaning)\b|\bwhat (?:does|do|did) .{1,60}? (?:mean|stand for|refer to)\b"
        r"|\b(?:is|are) meant by\b|\b(?:definition|meaning) of\b|\bhow (?:is|are|does|do) .{1,60}? defined?\b"
        r"|\bwhat counts as\b|\b(?:stands?|short) for what\b|\bmeans what\b|\bwhat is .{1,30}? short for\b"
        r"|\bmeaning\s*\?*$|\bdefinition\s*\?*$",
    ),
    (
        Intent.COMPARISON,
        r"^compar(?:e|ison)\b|\bcompared? (?:with|to|against)\b|\bin comparison\b"
        r"|\bwhat(?:['’]s| is| are| was| were)? (?:the )?differen(?:ce|ces|t)\b(?!.*\b(?:in|of) "
        r"(?:days|weeks|price|"
        r"weight|amount|value|money|years|level))"
        r"|\bhow (?:do|does|did) .{1,80}? (?:differ|compare)\b|\bdiffers? (?:from|between)\b|"
        r"\b(?:versus|vs)\b"
        r"|\bwhat (?:has |have |was |were |did |else )?(?:been )?(?:changed?|altered|amended|"
        r"new)\b.*\b(?:between|"
        r"from|in|since|by|compared)\b"
        r"|\bwhich (?:clauses?|parts?|terms?|sections?|provisions?) (?:has |have |were |was |are )?(?:been )?"
        r"(?:changed?|new|altered|amended|differ)",
    ),
    (
        Intent.DURATION,
        rf"\bhow many {_TIME_UNIT}\b(?!['’])(?!\s+(?:notice|rent|supply|worth|leave|per|a|are|is|"
        rf"does|do|must|shall|"
        rf"should|may|can|will)\b)(?!\s+(?:after|before)\b.* (?:must|shall|should|does|do|may|can)\b)"
        rf"|\bhow long (?:between|after|before|from|ago|(?:was|were|did|had|has|have|is) (?:she|he|"
        rf"they|it|the "
        rf"patient|[a-z'’. ]{{1,40}}?) (?:in|on|at|under|stay|spend|been|wait|take[n]?|last(?:ed)?)\b)"
        rf"|\b(?:number|amount) of {_TIME_UNIT}\b.*\b(?:between|from|after|before|until|since)\b"
        rf"|\b{_TIME_UNIT} (?:between|from .* (?:to|until))\b|\blength of stay\b|\b(?:time|interval|"
        rf"gap) between\b"
        rf"|^{_TIME_UNIT} in (?:hospital|hosp|icu|custody)\b",
    ),
    (
        Intent.DIFFERENCE,
        rf"\bby how (?:much|many)\b|\bhow (?:much|many)\b(?! of\b)[\w\s'’%-]{{0,40}}?\b{_MORE}\b(?! "
        rf"(?:than|of) "
        rf"(?:one|two|\d))(?!\s+(?:than\s+)?[£$€]?\d)"
        rf"|\bhow (?:much|many)\b.{{0,60}}\b(?:did|has|have|had)\b.{{0,60}}\b{_CHANGED}\b"
        rf"|\b(?:kilos?|kg|pounds|stone|weight|points|cm) (?:lost|gained|put on)\b"
        rf"|\b(?:weight|height|blood pressure) (?:loss|gain)\b.*\b(?:from|between|since|to)\b"
        rf"|\b(?:rise|fall|increase|decrease|drop|change|growth|reduction|loss|gain) (?:in|of) "
        rf".*\b(?:from|between)\b"
        rf"|\bdifference (?:in|of|between)\b|\b(?:minus|less the|net of|after deduct\w+)\b|\bwhat "
        rf"(?:is|was) left\b",
    ),
    (
        Intent.AVERAGE,
        r"\baverage(?:s|d)?\b|\bon average\b|\bmean (?!arterial|corpuscular|cell|pulmonary|well|"
        r"business|to\b)"
        r"(?:of|value|level|potassium|weight|inr|age|rent|price|hb|hba1c|creatinine|sodium|glucose|pulse|score)",
    ),
    (
        Intent.SUM,
        r"\b(?:sum|totals?|sum total|grand total) (?:of|for|over|across)\b|\bin total\b|"
        r"\baltogether\b|\badd(?:ed|s)? up\b"
        r"|\badd (?:together|all|up)\b|\b(?:all|taken|both|put) (?:\w+ ){0,4}together\b|\ball "
        r"told\b|\bin all\s*[?,]*$"
        r"|\bcombined\b(?! (?:pill|oral|contraceptive|heart))|\bhow (?:much|many)\b.*\b(?:together|overall)\b"
        r"|\btotal (?:amount |sum |value |cost |costs |price |number )?(?:invoiced|paid|charged|"
        r"billed|spent|owed|due)\b"
        r"|\btotal (?:of |amount of |value of |cost of |costs of |number of )?(?:all|the|both|his|"
        r"her|their)\b",
    ),
    (
        Intent.OVER_TIME,
        r"\bover (?:time|the (?:course|years|months|weeks|days|last|past|stay|admission|whole))\b|\btrends?\b"
        r"|\bhow (?:has|have|did|had|does|do|is|are|was|were) .{1,80}?\b(?:chang|develop|evolv|"
        r"progress|vary|varied|"
        r"move|moved|go on|gone|doing|run|behav)\w*"
        r"|\b(?:course|development|progression|evolution|trajectory) of\b|\bhistory of (?:the |her |"
        r"his |their )?"
        r"(?:rent|price|prices|dose|doses|weight|values?|levels?|payments?|fees?|changes?|charges?)\b"
        r"|\b(?:rent|price|dose|weight|inr|dosing) history\b|\bchart of\b|\bplot\b|\btimeline\b|"
        r"\bchronology\b",
    ),
    (
        Intent.COUNT,
        rf"\bhow many (?!(?:of\b.{{0,20}})?(?:mg|mcg|micrograms?|milligrams?|grams?|g|ml|"
        rf"millilit\w+|lit\w+|units?|"
        rf"tablets?|tabs?|puffs?|drops?|capsules?|kilos?|kg|pounds|euros?|dollars|metres|meters|miles|km|percent|"
        rf"times (?:a|per|each|every|daily)|{_TIME_UNIT})\b)"
        rf"|\bhow often (?:was|were|has|have|had|did)\b|^(?:the )?(?:number|count|no\.?) of (?!days|"
        rf"weeks|months|"
        rf"hours|years)|\b(?:what|which) (?:is|was|were) the (?:number|count) of\b|^count\b",
    ),
    (
        Intent.HIGHEST,
        rf"\b(?:highest|peak|greatest|largest|biggest|dearest|most expensive|heaviest|longest|tallest|oldest|"
        rf"most often|most frequent)\b|\b(?:maximum|max\.?|maximal) (?!{_STATED_BOUND})"
        rf"|\b(?:who|which|whose)\b.*\b(?:higher|more|larger|greater|bigger|older|longer|dearer|heavier|"
        rf"more expensive)\b",
    ),
    (
        Intent.LOWEST,
        rf"\b(?:lowest|nadir|smallest|cheapest|least expensive|lightest|shortest|youngest|fewest)\b"
        rf"|\b(?:minimum|min\.?|minimal) (?!{_STATED_BOUND})"
        rf"|\b(?:who|which|whose)\b.*\b(?:lower|less|fewer|smaller|younger|shorter|cheaper|lighter)\b",
    ),
    (
        Intent.LATEST,
        rf"\b(?:latest|most recent|newest|up[- ]to[- ]date)\b"
        rf"|(?<!at )(?<!did )(?<!it )(?<!does )(?<!to )(?<!not )\blast\b(?! (?:for|until|"
        rf"{_NO_LATEST}|{_RELATIVE_TIME})\b)"
        rf"(?!\s*\?*$)"
        rf"|\bwhen (?:did|was|were|has|have|had) .{{1,60}}\blast\b(?! (?:for|until|{_RELATIVE_TIME})\b)"
        r"|\b(?:check|visit|appointment|value|result|test|reading|review|measurement|clinic|entry|payment|invoice|"
        r"letter|version|dose|scan|sample|bloods?) (?:just |right |immediately )?before\b"
        rf"|\bas (?:of|at) (?=.*\d|.*(?:today|yesterday|{_MONTH}))",
    ),
    (
        Intent.EARLIEST,
        rf"\b(?:earliest|oldest)\b|\bfirst\b(?! {_NO_EARLIEST}\b)(?! (?:and|or) second)"
        r"|\bnext (?:check|visit|appointment|value|result|test|reading|review|measurement|clinic|"
        r"entry|payment|"
        r"invoice|letter|version|dose|scan|sample|bloods?) after\b",
    ),
    (
        Intent.LIST,
        rf"^(?:the |current |full |complete )*(?:medications?|drugs?|medicines?|problems?|allergy|"
        rf"allergies) list\b"
        rf"|^(?:list|enumerate|name (?:the|all|every|each|both|two|three|four|his|her|their)|"
        rf"itemi[sz]e|all|every|each)\b|\b(?:list|names?) (?:of )?(?:all|every|each)\b"
        rf"|\b(?:what|which) (?:(?:of (?:the|his|her|their|these|our|(?:[\w.'’-]+ "
        rf"){{0,3}}[\w-]+['’]s)|are all|all(?: the)?|other|else) )"
        rf"{_BETWEEN_NOUN}{_PLURAL}\b"
        rf"|\b(?:what|which) {_BETWEEN_NOUN}{_PLURAL}\b(?!['’])"
        rf"|\b(?:what|who|which) (?:are|were) (?:all |the |his |her |their |these |our |its "
        rf")+{_BETWEEN_NOUN}{_PLURAL}\b"
        rf"|\bwho (?:all )?(?:are|were)\b|\bwhat (?:all|else)\b|\ball (?:the |of the |his |her |"
        rf"their )?{_BETWEEN_NOUN}"
        rf"{_PLURAL}\b",
    ),
)
_INTENTS = tuple((intent, re.compile(form, re.I)) for intent, form in _FORMS)
_ASKING_WORD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how|wann|wer|was|wie)\b", re.I)
_TERSE_PLURAL = re.compile(
    rf"^(?:(?:current|regular|discharge|known|drug|new|open|unpaid|other) )?{_PLURAL}\b", re.I
)
_YES_NO = re.compile(
    rf"^(?:{AUXILIARY})\b(?!\s+(?:of|the date)\b)|^(?:any|whether|if)\b"
    rf"|[,;:–-]\s+(?:{AUXILIARY}) (?:she|he|it|they|there|that|this|we|the|his|her|any)\b"
    r"|,? (?:right|correct|true|or not|isn['’]t (?:it|she|he))\s*\?+$",
    re.I,
)
_TERSE_YES_NO = re.compile(
    r"^(?:still|ever|already|allergic|known|taking|on (?!\d|the\b))\b|\bany (?:known |other |"
    r"history |drug )?[\w-]+\s*\?+$"
    r"|^[\w'’. -]{1,60} (?:still|allergic|ever) [\w -]+\?+$",
    re.I,
)
_VERB = re.compile(rf"\b{AUXILIARY}\b", re.I)


def without_courtesy(question: str) -> str:
    """Return the question without "please", "can you tell me" and the like in front."""
    rest = _COURTESY.sub("", question, count=1).strip()
    return rest or question.strip()


def intent_of(question: str) -> Intent:
    """Return what kind of answer the question asks for, by its form alone.

    "Who had the higher potassium, A or B?" is HIGHEST; COMPARISON sets documents, versions or whole findings
    side by side. "By how much did it rise?" is DIFFERENCE, "how many days from A to B" DURATION; a duration
    that a document states ("how long is the notice period") is a FACT.
    """
    asked = without_courtesy(question)
    if _YES_NO.search(asked):
        return Intent.YES_NO
    for intent, form in _INTENTS:
        if form.search(asked):
            return intent
    if _ASKING_WORD.search(asked) or _VERB.search(asked):
        return Intent.FACT
    if _TERSE_YES_NO.search(asked):
        return Intent.YES_NO
    # "Medicines on discharge?", "allergies": several are asked for, by their name alone.
    return Intent.LIST if _TERSE_PLURAL.match(asked) else Intent.FACT
