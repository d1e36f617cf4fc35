"""Files that keep the parser busy for seconds, but are quick to make."""

from __future__ import annotations

from pathlib import Path

SENTENCE = "The parties agree that the goods are delivered where the order names."


def long_pdf(path: Path, pages: int = 1500) -> Path:
    """Make a PDF whose pages share one content of 45 lines, which is parsed again for every page."""
    lines = "".join(f"({SENTENCE}) Tj 0 -13 Td " for _ in range(45))
    content = f"BT /F1 10 Tf 60 740 Td {lines}ET"
    first = 5
    numbers = range(first, first + pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
          "/Resources << /Font << /F1 3 0 R >> >> >>" for _ in numbers],
    ]  # fmt: skip
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    path.write_text(f"{written}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}")
    return path
