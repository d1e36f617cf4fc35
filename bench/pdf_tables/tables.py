"""Pages with tables: medication lists, laboratory reports, rotas; with those of `accounts`, all of them."""

from __future__ import annotations

from collections.abc import Callable

from bench.pdf_tables.accounts import (
    invoice,
    invoice_three_rules,
    invoice_wrapped,
    prices,
    prices_without_header,
    rents,
    ruled_rows,
    statement,
    statement_over_pages,
)
from bench.pdf_tables.drawing import WIDTH, Drawing

_DRUGS = [
    ["Medicine", "Strength", "Times", "Since", "Remark"],
    ["Torasemide", "10 mg", "1-0-0", "03.02.2025", "new"],
    ["Metoprolol succinate", "47.5 mg", "1-0-1", "11.10.2023", ""],
    ["Edoxaban", "60 mg", "0-0-1", "11.10.2023", "with food"],
    ["Pantoprazole", "20 mg", "1-0-0", "", "until March"],
    ["Allopurinol", "100 mg", "0-1-0", "08.06.2021", "pause"],
]
_LAB = [
    ["Test", "Result", "Unit", "Reference", "Flag"],
    ["Haemoglobin", "10.9", "g/dL", "12.0-15.5", "L"],
    ["Leucocytes", "11.82", "10^9/L", "4.00-10.00", "H"],
    ["Platelets", "231", "10^9/L", "150-400", ""],
    ["Sodium", "134", "mmol/L", "135-145", "L"],
    ["Potassium", "5.31", "mmol/L", "3.50-5.00", "H"],
    ["Creatinine", "148", "umol/L", "45-84", "H"],
    ["CRP", "<1.0", "mg/L", "<5.0", ""],
]


def medication(d: Drawing) -> None:
    """A list of medicines under a heading."""
    d.line("Medication on discharge", bold=True, size=13)
    d.prose("The following was agreed with the family doctor before she left the ward.")
    d.table(_DRUGS)
    d.prose("Blood pressure is to be taken every morning and written down. The next visit is in three weeks.")


def medication_wrapped(d: Drawing) -> None:
    """Remarks that go on in the next line, written cell by cell."""
    rows = [list(row) for row in _DRUGS]
    rows[1][4] = "new, stop if the weight falls below 61 kg"
    rows[3][4] = "with food, not before the operation"
    d.table(rows, widths=(0, 0, 0, 0, 110), gap=16, pitch=d.size * 1.8)


def medication_wrapped_first(d: Drawing) -> None:
    """Names of medicines that go on in the next line, cell by cell."""
    rows = [list(row[:4]) for row in _DRUGS]
    rows[2][0] = "Metoprolol succinate prolonged release tablets"
    rows[5][0] = "Allopurinol, the preparation from the hospital"
    d.table(rows, widths=(110, 0, 0, 0), pitch=d.size * 1.9)


def medication_wrapped_by_line(d: Drawing) -> None:
    """The last column wraps, and the program writes line by line."""
    rows = [list(row) for row in _DRUGS]
    rows[2][4] = "half a tablet more if the pulse is above 90"
    d.table(rows, widths=(0, 0, 0, 0, 100), by_line=True, pitch=d.size * 1.8)


def schedule_of_doses(d: Drawing) -> None:
    """Centred doses by time of day, with gaps where there is none."""
    d.table(
        [
            ["Medicine", "Morning", "Noon", "Evening", "Night"],
            ["Levetiracetam", "500 mg", "", "500 mg", ""],
            ["Melatonin", "", "", "", "2 mg"],
            ["Baclofen", "5 mg", "5 mg", "10 mg", ""],
            ["Macrogol", "1 sachet", "", "", ""],
        ],
        align="lcccc",
    )


def laboratory(d: Drawing) -> None:
    """Right-aligned results, ranges and flags."""
    d.line("Laboratory report", bold=True, size=14)
    d.space(8)
    d.table(_LAB, align="lrlll")


def laboratory_decimal(d: Drawing) -> None:
    """Results aligned at the decimal point, a narrow gap."""
    d.table(_LAB, align="ldlrl", gap=7)


def laboratory_typewriter(d: Drawing) -> None:
    """A report in the type of a line printer."""
    d.table(_LAB, align="lrlrl", gap=d.size * 1.2, bold_header=False, pitch=d.size * 1.2)


def laboratory_sections(d: Drawing) -> None:
    """Groups of tests, each under its name."""
    d.table([_LAB[0], ["Blood count"], *_LAB[1:4], ["Clinical chemistry"], *_LAB[4:]], align="lrlll")


def laboratory_units_below(d: Drawing) -> None:
    """Units stand under the names of the columns; one row for each day."""
    d.table(
        [
            ["Date", "Sodium", "Potassium", "Creatinine", "CRP"],
            ["", "(mmol/L)", "(mmol/L)", "(umol/L)", "(mg/L)"],
            ["02.03.2026", "139", "4.1", "88", "12"],
            ["05.03.2026", "136", "4.6", "97", "64"],
            ["06.03.2026", "", "5.2", "121", "71"],
            ["09.03.2026", "138", "4.4", "104", "23"],
        ],
        align="lrrrr",
        header=2,
    )


def laboratory_without_header(d: Drawing) -> None:
    """Results without names of columns."""
    d.prose("Results of today:")
    d.table([row[:4] for row in _LAB[1:]], header=0, align="lrll")


def observations(d: Drawing) -> None:
    """Pulse and pressure by the hour, narrow columns."""
    rows = [["Time", "Pulse", "BP", "Temp", "SpO2"]]
    for hour in range(6, 20, 2):
        rows.append(
            [
                f"{hour:02}:00",
                f"{68 + hour}",
                f"{118 + hour}/{70 + hour}",
                f"36.{hour % 9}",
                f"{90 + hour % 8}",
            ]
        )
    d.table(rows, align="lrrrr", gap=8)


def rota(d: Drawing) -> None:
    """A rota of names and letters."""
    d.table(
        [
            ["Nurse", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            ["Adeyemi", "E", "E", "L", "L", "-", "-", "N"],
            ["Brandvold", "L", "-", "E", "E", "E", "L", "-"],
            ["Castellanos", "N", "N", "-", "-", "L", "E", "E"],
            ["Dunmore", "-", "L", "N", "N", "N", "-", "L"],
        ],
        align="lccccccc",
    )


def laboratory_over_pages(d: Drawing) -> None:
    """A report that goes on over the page without its header; one row is left for the next page."""
    widths = (120, 50, 60, 90)
    d.table([row[:4] for row in _LAB[:7]], widths=widths, align="lrll", gap=18)
    d.y = 60
    d.new_page()
    d.table([_LAB[7][:4]], header=0, align="lrll", gap=18, widths=widths)
    d.prose(
        "Released by the duty biochemist. Values in brackets were measured twice and their mean is given."
    )


def spanning_header(d: Drawing) -> None:
    """Names above several columns."""
    d.table(
        [
            ["", "January", "", "February", ""],
            ["Ward", "Beds", "Taken", "Beds", "Taken"],
            ["Maple", "24", "22", "24", "19"],
            ["Rowan", "18", "18", "20", "17"],
            ["Larch", "30", "27", "30", "29"],
        ],
        header=2,
        spanning=True,
    )


def grid(d: Drawing) -> None:
    """Ruled on all sides, with empty cells."""
    d.table(_DRUGS, rules="grid", gap=12, pitch=d.size * 1.6)


def two_tables(d: Drawing) -> None:
    """Two tables of different columns, one below the other."""
    d.table(_LAB[:5], align="lrlll")
    d.space(14)
    d.table(
        [["Antibiotic", "MIC", "Result"], ["Ampicillin", ">8", "resistant"], ["Cefuroxime", "4", "sensitive"],
         ["Fosfomycin", "16", "sensitive"], ["Meropenem", "0.12", "sensitive"]],
        align="lrl",
    )  # fmt: skip


def with_prose_beside(d: Drawing) -> None:
    """A report with fields side by side, a table and a signature."""
    middle = WIDTH / 2
    for one, other in (("Patient: Odile Farrant", "Born: 19 May 1951"), ("Ward: Rowan", "Bed: 14")):
        y = d.y
        d.form(one)
        d.y = y
        d.line(other, x=middle)
        d.fields.append(other)
    d.space(16)
    d.table(_LAB[:6], align="lrlrl")
    d.space(30)
    d.line("Dr Ewa Lindqvist")
    d.line("Consultant haematologist")


TABLES: tuple[Callable[[Drawing], None], ...] = (
    medication, medication_wrapped, medication_wrapped_first, medication_wrapped_by_line, schedule_of_doses,
    laboratory, laboratory_decimal, laboratory_typewriter, laboratory_sections, laboratory_units_below,
    laboratory_without_header, observations, invoice, invoice_wrapped, invoice_three_rules, rents, rota,
    statement, statement_over_pages, laboratory_over_pages, prices, prices_without_header, spanning_header,
    grid, ruled_rows, two_tables, with_prose_beside,
)  # fmt: skip
"""One page each, or two where the table goes on."""
