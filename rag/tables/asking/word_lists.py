"""Words that have the same meaning as the name of a column, and words that need no explanation."""

from __future__ import annotations

SAME: tuple[tuple[str, ...], ...] = (
    ("number", "no", "nr", "num", "nos", "#"),
    ("before", "pre", "prior"),
    ("after", "post"),
    ("weekly", "per week", "a week", "each week", "wk", "week"),
    ("daily", "per day", "a day", "each day", "day"),
    ("monthly", "per month", "a month", "each month", "pcm", "month"),
    ("yearly", "annual", "annually", "per year", "a year", "per annum", "year"),
    ("quarterly", "per quarter", "quarter"),
    ("hourly", "per hour", "hour"),
    ("target", "goal", "meant", "aim", "supposed"),
    ("hospital", "hosp"),
    ("born", "birth", "date of birth", "dob", "birthday"),
    ("weigh", "weight", "weighed", "wt", "kilo", "kilogram"),
    ("tall", "height"),
    ("cost", "price", "charge", "fee", "pay", "rate", "tariff"),
    ("paid", "pay", "payment"),
    ("phone", "telephone", "tel", "mobile"),
    ("email", "mail"),
    ("medicine", "drug", "medication", "preparation", "medicament"),
    ("dose", "dosage", "strength", "dosing"),
    ("temperature", "temp"),
    ("pulse", "heart rate", "hr"),
    ("post", "job", "role", "position", "occupation"),
    ("result", "value", "reading", "finding", "level"),
    ("due", "payable", "deadline"),
    ("invoice", "inv", "bill", "rechnung", "facture"),
    ("customer", "client", "kunde", "kundin"),
    ("date", "datum", "day", "tag"),
    ("street", "strasse", "straße", "rue"),
    ("price", "preis", "prix"),
    ("rent", "miete", "loyer"),
    ("tenant", "mieter", "locataire", "lessee"),
    ("remark", "bemerkung", "comment", "note"),
    ("quantity", "qty"),
    ("start", "started", "begin", "began", "from", "since", "starting"),
    ("end", "ended", "until", "stop", "finish", "to", "expiry"),
    ("reference", "ref"),
    ("amount", "sum", "total", "betrag", "montant"),
    ("name", "called"),
    ("ring", "rung", "rang", "called"),
    ("sent", "send", "dispatched"),
    ("received", "receipt", "arrived"),
    ("manager", "manage", "run"),
    ("test", "investigation", "examination", "exam", "analyte", "parameter"),
    ("check", "visit", "appointment"),
    ("address", "live"),
    ("outstanding", "unpaid", "open", "owing"),
    ("normal", "reference"),
    ("responsible", "responsibility", "owner"),
    ("next", "following"),
    ("room", "rm"),
    ("minimum", "min"),
    ("maximum", "max"),
)
"""Words that name one and the same column. The words of medicine and law come with the question."""

GENERIC: tuple[str, ...] = tuple(
    """
    according actual actually add against all altogether amount any are average be been being belong
    belongs better between bigger biggest bill billed blood book booked both called came change changed
    changes chart check checks column combined come coming compare compared comparison count course
    current currently date day day's decide decided decision decrease decreased develop developed
    development did difference different do documented does done drop dropped each earliest entire
    entries entry ever every everybody everyone exactly fall fallen fell figure figures finding first
    former gain gained gave gentleman get gets give given go goes going got greater greatest grew grow
    grown had have held higher highest history hold increase increased is issue issued item items kind
    know known lady larger largest last latest least less level list listed long look looked looking
    lose loss lost lower lowest made make man many max maximum mean measure measured measurement
    mentioned min minimum moment month more most mr mrs much name named names newest note noted now
    number often older oldest one ones other over overall overview patient patients pay paying pays peak
    people person please precisely present previous previously progress put raise raised reading recent
    recently record recorded register result rise risen rose row said sample samples say see seen send
    sent sheet shift short shown since smaller smallest sort spells spend spent stand stands stood sum
    table take taken takes taking test tests there thing time times today together took total trend two
    up use used using value various versus visit was week went were what when where which who whole
    whose why woman work worked works worse write written year yet
    """.split()
)
"""Words that may stay unexplained: they ask, count, compare, or name no special column."""
SOFT = ("new", "old", "unchanged", "regular", "next")
"""Words that choose rows where cells hold them, and else only tell a later time from an earlier one."""
WHOSE_NUMBER = ("hospital", "patient", "clinic", "record", "case", "file", "unit", "membership")
"""Words before "number" that a column may leave out which is only called "Number"."""
