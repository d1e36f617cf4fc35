"""Pages with tables of clinics: medication lists, laboratory reports, observations."""

from __future__ import annotations

from bench.pdf_tables.drawing import Drawing

DRUGS = [
    ["Medicine", "Strength", "Times", "Since", "Remark"],
    ["Torasemide", "10 mg", "1-0-0", "03.02.2025", "new"],
    ["Metoprolol succinate", "47.5 mg", "1-0-1", "11.10.2023", ""],
    ["Edoxaban", "60 mg", "0-0-1", "11.10.2023", "with food"],
    ["Pantoprazole", "20 mg", "1-0-0", "", "until March"],
    ["Allopurinol", "100 mg", "0-1-0", "08.06.2021", "pause"],
]
"""A list of medicines, with the names of its columns."""
LAB = [
    ["Test", "Result", "Unit", "Reference", "Flag"],
    ["Haemoglobin", "10.9", "g/dL", "12.0-15.5", "L"],
    ["Leucocytes", "11.82", "10^9/L", "4.00-10.00", "H"],
    ["Platelets", "231", "10^9/L", "150-400", ""],
    ["Sodium", "134", "mmol/L", "135-145", "L"],
    ["Potassium", "5.31", "mmol/L", "3.50-5.00", "H"],
    ["Creatinine", "148", "umol/L", "45-84", "H"],
    ["CRP", "<1.0", "mg/L", "<5.0", ""],
]
"""A laboratory report."""


def medication(d: Drawing) -> None:
    """A list of medicines under a heading."""
    d.line("Medication on discharge", bold=True, size=13)
    d.prose("The following was agreed with the family doctor before she left the ward.")
    d.table(DRUGS)
    d.prose("Blood pressure is to be taken every morning and written down. The next visit is in three weeks.")


def medication_wrapped(d: Drawing) -> None:
    """Remarks that go on in the next line, written cell by cell."""
    rows = [list(row) for row in DRUGS]
    rows[1][4] = "new, stop if the weight falls below 61 kg"
    rows[3][4] = "with food, not before the operation"
    d.table(rows, widths=(0, 0, 0, 0, 110), gap=16, pitch=d.size * 1.8)


def medication_wrapped_first(d: Drawing) -> None:
    """Names of medicines that go on in the next line, cell by cell."""
    rows = [list(row[:4]) for row in DRUGS]
    rows[2][0] = "Metoprolol succinate prolonged release tablets"
    rows[5][0] = "Allopurinol, the preparation from the hospital"
    d.table(rows, widths=(110, 0, 0, 0), pitch=d.size * 1.9)


def medication_wrapped_by_line(d: Drawing) -> None:
    """The last column wraps, and the program writes line by line."""
    rows = [list(row) for row in DRUGS]
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
    d.table(LAB, align="lrlll")


def laboratory_decimal(d: Drawing) -> None:
    """Results aligned at the decimal point, a narrow gap."""
    d.table(LAB, align="ldlrl", gap=7)


def laboratory_typewriter(d: Drawing) -> None:
    """A report in the type of a line printer."""
    d.table(LAB, align="lrlrl", gap=d.size * 1.2, bold_header=False, pitch=d.size * 1.2)


def laboratory_sections(d: Drawing) -> None:
    """Groups of tests, each under its name."""
    d.table([LAB[0], ["Blood count"], *LAB[1:4], ["Clinical chemistry"], *LAB[4:]], align="lrlll")


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
    d.table([row[:4] for row in LAB[1:]], header=0, align="lrll")


def laboratory_over_pages(d: Drawing) -> None:
    """A report that goes on over the page without its header; one row is left for the next page."""
    widths = (120, 50, 60, 90)
    d.table([row[:4] for row in LAB[:7]], widths=widths, align="lrll", gap=18)
    d.y = 60
    d.new_page()
    d.table([LAB[7][:4]], header=0, align="lrll", gap=18, widths=widths)
    d.prose(
        "Released by the duty biochemist. Values in brackets were measured twice and their mean is given."
    )


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
