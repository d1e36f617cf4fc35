"""The words that the verifier treats in a special way. Data only: what is done with them is elsewhere.

Everything is in lower case. Where a list could be longer, a missing word makes the verifier refuse
more, never less: that is the direction in which it may be wrong.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text` as a set."""
    return frozenset(text.split())


STOPWORDS = words(
    """a an the this that these those it its he him his she her hers they them their theirs we us our you
    your i me my who whom whose which what there here is are was were be been being am has have had
    having do does did doing done of in on at by for to from with as into onto upon within and or
    but so than then thus also if when while where whether because since though although however
    about such same other more less least most very both each any not no nor neither either never
    without will would shall must may might can could should need due per via over under between
    among non during until unless except only first second once twice himself herself itself themselves
    own too much many few some all every according regarding concerning according across through
    against out up down off again further"""
)

SOFT = words(
    """provide provides provided providing state states stated stating specify specifies specified set sets
    give gives given giving make makes made take takes taken apply applies applied applicable case
    cases respect relate relates related relating accordance agreement contract document documents
    clause section paragraph article passage passages record records term terms condition conditions
    purpose purposes respective respectively additionally furthermore therefore moreover report
    reports reported note notes noted showed reveals
    revealed patient show shows shown find finds found describe describes described
    mention mentions mentioned indicate indicates indicated define defines defined mean means refer
    refers referred use uses used using involve involves involved allow allows allowed permit
    permits permitted entitled entitle obliged obligated obligation right rights able duty
    responsible experience experiences experienced present presents presented occur occurs occurred
    take place undertakes undertake agrees agree agreed become becomes became based well currently
    parties party matter question say says said result results known particular specific
    specifically following event time following certain total amount number
    last lasts lasted taking took giving gave perform performed undergo underwent undergone seen see observed
    observe detected identified
    trial study level value values dose dosage date latest"""
)
"""Words that say little: one that the passage lacks is forgiven while the others are all there."""

ROLES = words(
    """buyer seller purchaser vendor customer supplier client contractor subcontractor employer employee
    worker landlord tenant lessor lessee licensor licensee lender borrower creditor debtor guarantor
    trustee beneficiary principal agent assignor assignee franchisor franchisee mortgagor mortgagee
    plaintiff defendant claimant respondent appellant appellee petitioner applicant insurer insured
    executor testator donor donee grantor grantee bailor bailee drawer drawee payer payor payee
    company distributor manufacturer discloser recipient owner manager director shareholder partner
    husband wife mother father sister brother son daughter parent child patient physician doctor
    nurse surgeon pharmacist consultant registrar midwife court judge party parties bank insurer
    hospital government state processor controller auditor arbitrator notary carrier shipper consignee sponsor
    investigator investor promoter underwriter broker publisher author user provider operator holder licensor
    promisor promisee obligor obligee transferor transferee settlor heir legatee witness prosecutor
    anaesthetist cardiologist therapist midwife paramedic donor"""
)
"""Who acts and on whom it is acted: never stemmed (`employer` is not `employee`), order matters."""

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("pay", "pays", "paid", "payment", "payments", "payable", "paying"),
    ("agreement", "contract", "agreements", "contracts"),
    ("buyer", "purchaser"),
    ("seller", "vendor"),
    ("claimant", "plaintiff"),
    ("physician", "doctor"),
    ("terminate", "cancel", "end", "termination", "cancellation", "ends", "ended", "terminates"),
    ("begin", "start", "commence", "begins", "began", "begun", "commencement", "beginning", "starts"),
    ("drug", "medication", "medicine", "medications", "drugs"),
    ("allergy", "allergic", "allergies"),
    ("prescribe", "prescription", "prescribed", "prescriptions"),
    ("disclose", "disclosure", "disclosures", "disclosed"),
    ("daily", "day"),
    ("week", "weekly"),
    ("month", "monthly"),
    ("year", "annual", "annually", "yearly", "annum"),
    ("quarter", "quarterly"),
    ("law", "laws"),
    ("govern", "governing", "governed"),
    ("surgery", "operation", "surgical"),
    ("admit", "admission", "admitted"),
    ("discharge", "discharged"),
    ("diagnose", "diagnosis", "diagnosed", "diagnoses"),
    ("treat", "treatment", "treated"),
    ("assign", "assignment", "assigned"),
    ("consent", "approval", "permission"),
    ("notify", "notice", "notification", "notified", "notifies", "notices"),
    ("liable", "liability"),
    ("keep", "maintain", "keeps", "kept", "retain", "retained"),
    ("return", "give back"),
    ("deliver", "delivery", "delivered", "deliveries"),
    ("fee", "charge", "fees", "charges"),
    ("hypertension", "hypertensive"),
    ("diabetes", "diabetic"),
    ("infect", "infection", "infected"),
    ("receive", "receipt", "received", "receives", "receiving"),
    ("renew", "renewal", "renewed", "renews"),
    ("expire", "expiry", "expiration", "expires", "expired"),
    ("reimburse", "refund", "reimbursement", "refunded", "reimbursed"),
    ("orally", "oral", "mouth"),
    ("increase", "raise", "increased", "raised", "increases", "increasing", "rise", "rose", "rises", "risen"),
    ("decrease", "reduce", "decreased", "reduced", "lowered", "reduction", "decreases", "reduces", "fell"),
    ("before", "prior", "preceding"),
    ("written", "writing"),
    ("big", "large"),
    ("licence", "license", "licensed", "licences", "licenses"),
    ("show", "demonstrate", "reveal", "shows", "showed", "revealed", "demonstrated"),
    ("purchase", "buy", "bought", "purchased", "buys"),
    ("require", "need", "requires", "needs", "required", "needed", "requiring"),
    ("warranty", "warrant", "warrants", "warranties", "warranted"),
    ("echocardiography", "echocardiogram", "echo"),
    ("electrocardiogram", "ecg", "ekg"),
    ("surgery", "operation", "surgical", "operations"),
    ("lung", "pulmonary"),
    ("kidney", "renal"),
    ("adverse", "side"),
    ("haemoglobin", "hb"),
    ("tumour", "tumours"),
    ("smoke", "smoker", "smokers", "smoking", "smokes"),
    ("breathless", "breathlessness", "dyspnoea"),
    ("lawyer", "attorney", "solicitor", "lawyers", "attorneys"),
    ("flat", "apartment"),
    ("holiday", "vacation", "holidays"),
    ("weigh", "weight", "weighs", "weighed"),
)
"""Words that count as the same; the first stands for all."""

APART: tuple[frozenset[str], ...] = tuple(
    words(group)
    for group in (
        "general generally", "generic generics generically", "generate generates generated generation",
        "international internationally", "lateral laterally", "universal universally", "news", "putative",
        "organic organically", "organism organisms", "community communities", "emergency emergencies",
    )
)  # fmt: skip
"""Words that the stemmer takes for others ("internal", "later", "organ"), each group one word by itself."""

POLES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (words(one), words(other))
    for one, other in (
        ("before prior preceding", "after following subsequent"),
        (
            "increase increased increases increasing increasingly rise rises rose raised raise",
            "decrease decreased decreases decreasing reduce reduced reduces reduction fall fell falls",
        ),
        ("more greater higher larger longer exceeds above", "less lower fewer smaller shorter below"),
        ("minimum least", "maximum most"),
        ("earlier", "later"),
        ("first", "second"),
        ("former", "latter"),
        ("left", "right"),
        ("positive", "negative"),
        ("with", "without"),
        ("high elevated", "low"),
        ("upper", "lower"),
        ("direct", "indirect"),
        ("including includes include", "excluding excludes exclude"),
        ("exclusive exclusively", "nonexclusive"),
        ("improved improve improves improvement", "worsened worsen worsens worse"),
    )
)
"""Opposites: which of the two stands beside a word decides what is said about it."""

STRICT: tuple[frozenset[str], ...] = tuple(
    words(group)
    for group in (
        "all every each any", "only solely exclusively sole exclusive", "always", "most majority", "both",
        "immediately", "automatically", "irrevocably irrevocable", "permanently permanent", "never",
        "before prior preceding", "after following subsequent", "until", "unless", "except excluding",
        "more greater higher exceeds above over", "less lower fewer below under", "least minimum",
        "during", "between", "first", "second",
    )
)  # fmt: skip
"""Small words that carry much: one of the group must stand in the passage too."""

WEAKENED = words("some most few rarely sometimes occasionally partially partly nearly")
"""Said of something in the passage and left out of the statement, they would make it say more."""

RELATIONS = words(
    """pay owe sue notify indemnify sell assign grant transfer report refer treat exceed supersede prevail
    cause precede follow lease license lend buy purchase supply deliver employ appoint inform
    acquire increase decrease reduce inhibit prevent induce replace defeat reimburse compensate own
    control defend consult examine marry represent instruct invoice warn release guarantee terminate
    dismiss hire perform sign issue file appeal conduct write draft administer
    order request approve reject accept inspect install prefer operate breach waive serve examine"""
)
"""Verbs between a doer and the done-to: the sides may not be exchanged."""

TITLES = words("dr mr mrs ms miss prof professor sir madam")
