"""Pages with tables of money: invoices, rents, statements, prices."""

from __future__ import annotations

from bench.pdf_tables.drawing import Drawing

_INVOICE = [
    ["Pos.", "Description", "Quantity", "Price", "Amount"],
    ["1", "Attendance on client", "2.5", "240.00", "600.00"],
    ["2", "Letter before action", "1", "180.00", "180.00"],
    ["3", "Court fee", "1", "1,275.00", "1,275.00"],
    ["4", "Copies", "146", "0.15", "21.90"],
]


def invoice(d: Drawing) -> None:
    """An invoice with its address, fields and total."""
    for line in ("Aldous Pryce & Co", "14 Saddler Row", "Wexbridge WX3 8LN"):
        d.line(line)
    d.space(20)
    d.form("Invoice no.: 2026-0417", "Date: 9 April 2026", "Matter: Tredwell v Oakes")
    d.space(12)
    d.table(_INVOICE, align="llrrr")
    d.prose("Payment is due within thirty days of the date above.")


def invoice_wrapped(d: Drawing) -> None:
    """Descriptions that take two lines."""
    rows = [list(row) for row in _INVOICE]
    rows[1][1] = "Attendance on client to take instructions on the defence"
    rows[3][1] = "Court fee on issue of the claim form"
    d.table(rows, align="llrrr", widths=(0, 130, 0, 0, 0), pitch=d.size * 1.8)


def invoice_three_rules(d: Drawing) -> None:
    """Rules above and below the header and at the end."""
    d.table(_INVOICE, align="llrrr", rules="three", pitch=d.size * 1.5)


def rents(d: Drawing) -> None:
    """A rent schedule."""
    d.table(
        [
            ["Unit", "Tenant", "Area (sq ft)", "Rent p.a.", "Review"],
            ["G1", "Hobart Cycles Ltd", "1,240", "18,600", "24 June 2027"],
            ["G2", "vacant", "860", "", ""],
            ["1A", "Ms Ilse Brandt", "2,015", "29,250", "25 March 2028"],
            ["1B", "Quarrymen's Union", "410", "5,900", "29 Sept 2026"],
        ],
        align="llrrl",
    )


def statement(d: Drawing) -> None:
    """A bank statement: paid out or paid in, and a balance."""
    d.table(
        [
            ["Date", "Details", "Paid out", "Paid in", "Balance"],
            ["01 Feb", "Balance brought forward", "", "", "2,310.44"],
            ["03 Feb", "Standing order rent", "875.00", "", "1,435.44"],
            ["05 Feb", "Salary Marlow Ltd", "", "1,962.17", "3,397.61"],
            ["05 Feb", "Card payment chemist", "12.40", "", "3,385.21"],
            ["09 Feb", "Direct debit water", "38.05", "", "3,347.16"],
        ],
        align="llrrr",
    )


def statement_over_pages(d: Drawing) -> None:
    """A statement that goes on over the page with its header again."""
    header = ["Date", "Details", "Paid out", "Balance"]
    rows = [
        [f"{day:02} May", f"Card payment {day * 37}", f"{day}.50", f"{900 - day * 11}.00"]
        for day in range(1, 13)
    ]
    d.table([header, *rows[:6]], align="llrr", gap=20)
    d.new_page()
    d.table([header, *rows[6:]], align="llrr", gap=20)


def prices(d: Drawing) -> None:
    """Two columns: what, and how much."""
    d.table(
        [
            ["Service", "Fee"],
            ["Certified copy", "12.00"],
            ["Search of the register", "7.50"],
            ["Filing by post", "20.00"],
            ["Filing on line", "5.00"],
        ],
        align="lr",
        gap=60,
    )


def prices_without_header(d: Drawing) -> None:
    """Two columns without names, far apart."""
    d.prose("Our fees from 1 January 2026 are as follows.")
    d.table(
        [
            ["Home visit", "38.00 EUR"],
            ["Certificate", "15.00 EUR"],
            ["Vaccination", "22.50 EUR"],
            ["Report", "60.00 EUR"],
        ],
        header=0,
        align="lr",
        gap=110,
    )


def ruled_rows(d: Drawing) -> None:
    """A rule under each row, cells that wrap."""
    rows = [list(row) for row in _INVOICE]
    rows[1][1] = "Attendance on client to take instructions on the defence"
    d.table(rows, align="llrrr", rules="rows", widths=(0, 130, 0, 0, 0), pitch=d.size * 1.7)
