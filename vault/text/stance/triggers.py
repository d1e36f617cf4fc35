"""The words that give a stance to what stands before or after them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from vault.annotations import Stance
from vault.text.lists.relatives import KIN


class Reach(Enum):
    """What a trigger gives its stance to."""

    AFTER = auto()
    """What follows, to the end of the clause."""
    BEFORE = auto()
    """What stands before it in the clause."""
    CLAUSE = auto()
    """The whole clause."""
    SENTENCE = auto()
    """The whole sentence."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that give a stance."""

    stance: Stance
    reach: Reach
    pattern: re.Pattern[str]
    starts: frozenset[str]
    """The words in lower case that it can begin with: it is looked for at these only, which is quick."""
    first: bool = False
    """Whether it counts at the beginning of a sentence only."""


def _trigger(stance: Stance, reach: Reach, starts: str, *patterns: str) -> Trigger:
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)
    return Trigger(stance, reach, pattern, frozenset(starts.split()))


_KIN = (
    r"(?:(?:late|elder|eldest|older|younger|youngest|twin|half|step|maternal|paternal|only|first|second"
    r"|other)[ -])*"
    rf"(?:grand|step|great-?grand|half-)?(?:{'|'.join(KIN)}|in-law)s?(?:-in-law)?"
)
_KIN_WORDS = (
    " ".join(
        f"{before}{noun}{after}"
        for noun in KIN
        for before in ("", "grand", "step", "step-", "great-grand", "half-")
        for after in ("", "s", "-in-law", "s-in-law")
    )
    + " children wives"
)
_STATE = (
    r"(?:is|was|are|were|has|had|have|suffer(?:s|ed)?|takes?|took|developed|died|dies|uses?|used|needs?|needed"
    r"|lost|underwent|got|received|smokes?|drinks?|tested|contracted)"
)
_OTHERS = (
    rf"(?:{_KIN}|neighbours?|friends?|flatmate|room-?mate|another patient|other patient"
    "|patient in the next bed|donor)"
)
_CARERS = (
    r"(?!\s+(?:(?:his|her|their|the|a|main|first|only)\s+)*(?:carer|next of kin|contact|attorney|executor"
    r"|guardian|proxy|allowed|present|informed|told|asked|here|aware|happy|worried|upset|in agreement"
    r"|a director|director|partner|witness)\b)"
)
"""Family as carers and contacts, and how they feel, are no findings of theirs."""

NOT_TRIGGERS = re.compile(
    r"\bno(?:t|n)? (?:change|increase|decrease|doubt|later|earlier|sooner|less|more|fewer|longer than"
    r"|only|necessarily"
    r"|limited to|just|merely|exceed(?:ing)?|until|unreasonably|to be (?:unreasonably|confused)|being"
    r"|certain|sure|matter)\b"
    r"|\bno\.?\s?(?=\d|[A-Z]{1,4}[-/]?\d)|\bwithout (?:prejudice|limit(?:ation)?|limiting|delay|further"
    r"|notice)\b"
    r"|\bwhether or not\b|\bif not\b|\bor not\b|\bnothing (?:in|herein)\b|\b(?:shall|may|must|will|need"
    r"|can|should)(?:n['’]t| not)\b"
    r"|\b(?:cannot|can't)\b|\b(?:shall|may|must|will) (?:neither|never|no longer)\b|\bno-one\b|\bnor"
    r" (?:shall|may|will|must)\b"
    r"|\bif (?:needed|required|necessary|possible|applicable|any|appropriate)\b|\bas (?:needed|required"
    r"|necessary)\b"
    r"|\bwhen (?:needed|required)\b|\beven if\b|\bas if\b|\basked if\b|\bwhat if\b|\bfree of (?:charge"
    r"|vat|tax|rent)\b"
    r"|\bwill (?:of|and testament|dated)\b|\b(?:last|his|her|the|a) will\b|\bhistory taking\b|\bpast"
    r" (?:the|year|week|month|due)\b"
    r"|\bno \w+(?: \w+){0,3} (?:shall|may|must)\b|\bnegative (?:control|equity|interest)\b",
    re.IGNORECASE,
)
"""What looks like a trigger and is none."""
NOT_TRIGGER_STARTS = frozenset(
    "no not nt no-one nor without whether if or nothing shall may must will need can cannot can't can’t"
    " should as when"
    " even asked what free last his her the a history past negative won't won’t shan't mustn't needn't"
    " shouldn't".split()
)

TRIGGERS = (
    _trigger(
        Stance.DENIED,
        Reach.AFTER,
        "no not never without neither nor none deny denies denied denying absence absent lack lacks"
        " lacked lacking"
        " free negative rule rules ruled ruling exclude excludes excluding nil declines declined refuses"
        " refused"
        " kein keine keinen keiner keinem nicht ohne aucun aucune pas sans doesn't don't didn't hasn't"
        " haven't hadn't"
        " isn't wasn't aren't weren't doesn’t don’t didn’t hasn’t haven’t hadn’t isn’t wasn’t aren’t weren’t",
        r"no (?:\w+ )?(?:evidence|sign|signs|indication|suggestion|history|complaints?|known history"
        r"|record|trace) of",
        r"no known",
        r"no(?! longer)(?!\s*[.:|])",
        r"not (?:known to (?:have|be)|currently on|on)", r"not", r"never", r"without", r"neither",
        r"nor", r"none of", r"den(?:y|ies|ied|ying)(?: any| having| taking)?", r"absence of", r"absent",
        r"lack(?:s|ing|ed)? of",
        r"free (?:of|from)", r"negative for", r"rul(?:es?|ed|ing) out", r"exclud(?:es|ing)", r"nil",
        r"(?:does|do|did|has|have|had|is|was|are|were)n['’]t", r"declin(?:es|ed)", r"refus(?:es|ed)",
        r"kein(?:e|en|er|em)?", r"nicht", r"ohne", r"aucune?", r"pas de", r"sans",
    ),
    _trigger(
        Stance.DENIED,
        Reach.BEFORE,
        "was were is are has have had could unlikely",
        r"(?:was|were|is|are|has been|have been|had been|could be) (?:ruled out|excluded|absent|negative"
        r"|withheld|refused"
        r"|declined|omitted|rejected|dismissed)(?! for\b)",
        r"(?:was|were|is|are|has|have|had|could)(?: been)? (?:not|never)(?: yet)?(?: been)? (?:seen"
        r"|found|given|done|present|detected|identified"
        r"|pursued|paid|returned|received|made|taken|signed|served|needed|required|reported|performed|felt|heard|known|agreed"
        r"|accepted|granted|allowed|started|prescribed|shown|possible|due|payable)",
        r"(?:was|were) (?:reported|seen|found)(?= by no)", r"unlikely",
    ),
    _trigger(Stance.DENIED, Reach.BEFORE,
        "none nil no negative not never n/a absent neg",
        r"(?<=[:=] )(?:none|nil|no|negative|not known|never|n/a|absent|neg\.?)(?=\s*(?:$|[.;,(]))"),
    _trigger(
        Stance.OTHER_PERSON,
        Reach.AFTER,
        f"{_KIN_WORDS} family fh fhx familienanamnese runs neighbour neighbours friend friends flatmate"
        f" roommate"
        " room-mate another other patient donor",
        r"family (?:medical )?history(?: of)?(?:\s*:)?", r"fh(?:x)?\s*:", r"familienanamnese\s*:?",
        r"runs in the family",
        rf"{_OTHERS}(?:\s+(?-i:[A-ZÀ-Þ])[\w'’-]+){{0,3}}(?:,? (?:who|herself|himself|themselves|also"
        rf"|both|all))* {_STATE}{_CARERS}",
        rf"{_OTHERS} and {_KIN} {_STATE}",
        rf"{_OTHERS} with(?= \w+ ?(?:cancer|disease|diabetes|asthma|\w+itis|\w+osis|\w+oma))",
    ),
    _trigger(
        Stance.OTHER_PERSON,
        Reach.BEFORE,
        "in runs",
        rf"in (?:(?:his|her|their|the patient's|a|an|one|both|two)(?: of (?:his|her|their))? )+{_KIN}(?:"
        rf" and (?:(?:his|her|an?) )?{_KIN})*",
        r"in the family", r"runs in (?:the|his|her) family",
    ),
    _trigger(
        Stance.PAST,
        Reach.AFTER,
        "previous previously former formerly in past history h/o pmh used gave given no has ex-smoker"
        " ex-smokers ex-drinker"
        " ex-husband ex-wife ex-tenant ex-director ex-employee status s/p as früher zuvor autrefois"
        " stopped ceased",
        r"previous(?:ly)?", r"former(?:ly)?", r"in the past",
        r"(?:past (?:medical |surgical )?|(?<!family )(?<!medical )(?<!surgical ))history(?:"
        r" of)?(?:\s*:)?", r"h/o", r"pmh\s*:?",
        r"used to", r"gave up", r"given up", r"no longer", r"has (?:now )?stopped",
        r"ex-?(?:smoker|drinker|husband|wife|tenant|director|employee)s?",
        r"status post", r"s/p", r"as a child", r"früher", r"zuvor", r"autrefois",
        r"stopped (?:taking|smoking|drinking|using)",
        r"ceased to",
    ),
    _trigger(
        Stance.PAST,
        Reach.CLAUSE,
        "in at year years until took was were had worked lived used paid",
        r"in the past", r"at (?:that|the) time", r"years? ago",
        r"until (?:\w+ )?(?:last|then|\d{4}|january|february|march|april|may|june|july"
        r"|august|september|october|november|december)(?! \d{4} inclusive)(?=[^.;]*\b(?:was|were|had"
        r"|took|used|worked|lived|been|paid)\b)",
        r"(?:took|was on|were on|had been|worked|lived|used|paid)\b[^.;,]*\buntil \w+",
    ),
    _trigger(
        Stance.PAST,
        Reach.BEFORE,
        "was were has have had in d/c d/c'd d/cd",
        r"(?:was|were|has been|have been|had been) (?:now )?(?:stopped|discontinued|ceased|withdrawn"
        r"|terminated|abolished|crossed off"
        r"|taken off|given up|cancelled|revoked|repealed)",
        r"in (?:her|his|their) (?:youth|childhood|teens|twenties)",
        r"d/c'?d",
    ),
    _trigger(
        Stance.PLANNED,
        Reach.CLAUSE,
        "will we i is are was were has have been to planned scheduled booked proposed intended envisaged"
        " pencilled plan plans"
        " planning due awaiting awaited pending intend intends intended intending going please gp dn"
        " district practice surgery"
        " pharmacy physio next consider considering for ought wird geplant prévu prévue tomorrow arrange"
        " refer chase book"
        " repeat recheck review",
        r"will(?: be)?(?! not)", r"we shall", r"i shall", r"(?:is|are|was) to (?:be )?(?!blame)\w+",
        r"to be (?:\w+ed|seen|done|given|taken|sent|begun|looked)(?! (?:heard|outside))",
        r"(?:is|are|was|were|has been|have been|been)? ?(?:planned|scheduled|booked|proposed|intended"
        r"|envisaged|pencilled in)(?: for| to)?",
        r"plan(?:s|ning)? (?:is )?to", r"plan\s*:", r"(?:is|are) due (?:for|in|on|to)", r"awaiting",
        r"awaited", r"pending",
        r"intend(?:s|ed|ing)? to", r"going to",
        r"(?:i|we) (?:would |have )?(?:suggest(?:ed)?|recommend(?:ed)?|advise[ds]?|propose[ds]?)",
        r"please (?:arrange|refer|check|repeat|start|review|continue|consider|monitor|book|chase|make"
        r"|send|organi[sz]e|increase|reduce|stop|could you|ensure|do|give)",
        r"(?:gp|dn|district nurse|practice|surgery|pharmacy|physio) to \w+",
        r"next (?:appointment|review|visit|check)", r"(?<![a-z] )consider(?:ing)?(?! (?:that|the)\b)",
        r"for (?:review|follow-?up|repeat|discussion)", r"ought to", r"wird(?= .*werden)", r"geplant",
        r"prévue?", r"tomorrow",
        r"(?<=^)(?:arrange|refer|chase|book|repeat|recheck|review)(?= )",
    ),
    _trigger(
        Stance.CONDITIONAL,
        Reach.SENTENCE,
        "if unless in provided on subject as so failing otherwise sofern à",
        r"if", r"unless", r"in (?:the )?(?:case|event) (?:of|that)", r"provided (?:that|always)",
        r"on condition that", r"subject to(?= (?:\w+ )?(?:consent|approval|the (?:consent|approval)))",
        r"as long as", r"so long as", r"in which case", r"failing which",
        r"otherwise(?= \w+ (?:shall|will|may))", r"à moins que", r"sofern",
    ),
    Trigger(
        Stance.CONDITIONAL,
        Reach.SENTENCE,
        re.compile(
            r"(?i:should|were|had)\s+(?!(?:there|it|this)\s+(?:been|a)\b)(?:the|an?|his|her|he|she"
            r"|it|they|either|any|this|that|we|you|[A-Z]\w+|\w+ \w+)\s[^.?]*,"
        ),
        frozenset(("should", "were", "had")),
        first=True,
    ),
)  # fmt: skip

_BY_START: dict[str, list[Trigger]] = {}
for _one in TRIGGERS:
    for _word in _one.starts:
        _BY_START.setdefault(_word, []).append(_one)
TRIGGERS_BY_START = {word: tuple(triggers) for word, triggers in _BY_START.items()}
"""The triggers that can begin with a word."""
