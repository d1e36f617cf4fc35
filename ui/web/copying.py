"""An answer as plain text with its sources, to be pasted into a letter or a note."""

from __future__ import annotations

from rag.events import Answer
from rag.verify import Verdict
from vault.readable import readable
from vault.records import Citation


def copy_text(answer: Answer) -> str:
    """The question, the statements with numbers of their sources, the sources with their exact words."""
    numbers: dict[Citation, int] = {}
    lines = [f"Question: {readable(answer.question)}", ""]
    if answer.abstained:
        searched = answer.searched
        lines.append(
            f"Not found in the documents ({searched.documents} documents, {searched.pages} pages searched; "
            f"{searched.failed} could not be read)."
        )
    for statement in answer.statements:
        marks = "".join(f"[{numbers.setdefault(c, len(numbers) + 1)}]" for c in statement.citations)
        text = readable(statement.text)
        if statement.verdict is Verdict.QUOTED:
            text = f"“{text}”"
        if statement.verdict is Verdict.UNSUPPORTED:
            text = f"(NOT SUPPORTED BY THE DOCUMENTS) {text}"
        lines.append(f"{text} {marks}".rstrip())
    if numbers:
        lines += ["", "Sources"]
    for citation, number in numbers.items():
        lines.append(
            f"[{number}] {readable(citation.document)}, page {citation.page}: “{readable(citation.quote)}” "
            f"(sha256 {citation.sha256[:16]}…)"
        )
    lines += ["", f"Incamera record {answer.record}"]
    return "\n".join(lines)
