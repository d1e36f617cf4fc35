"""Parts of documents that have numbers, with the words and short forms that stand before these."""

from __future__ import annotations

PARTS = {
    "clause": "clause clauses cl cls",
    "section": "section sections sec secs s ss § §§ abschnitt",
    "article": "article articles art arts artikel",
    "paragraph": "paragraph paragraphs para paras absatz abs",
    "schedule": "schedule schedules sched sch",
    "exhibit": "exhibit exhibits exh",
    "appendix": "appendix appendices appendixes app",
    "annex": "annex annexes annexure annexures anlage anhang annexe",
    "attachment": "attachment attachments",
    "part": "part parts",
    "chapter": "chapter chapters kapitel chapitre",
    "recital": "recital recitals",
    "rule": "rule rules",
    "regulation": "regulation regulations reg regs",
    "item": "item items",
    "page": "page pages p pp pg pgs seite seiten",
    "table": "table tables tabelle",
    "figure": "figure figures fig figs abbildung",
    "question": "question questions",
}
"""By kind of part, its words in lower case."""

SECTIONS_IN_TEXT = ("article", "section", "clause", "schedule", "exhibit", "appendix", "annex")
"""With a number they begin a clause, wherever the line stands."""

SECTIONS_IN_HEADINGS = (*SECTIONS_IN_TEXT, "annexure", "chapter", "part", "attachment")
"""With a number they are a heading."""
