"""Documents with tables in many layouts, and what must come of questions about them.

Nobody in them exists. Each is written to a real file, which the product reads.
"""

from __future__ import annotations

from typing import Any

Page = list[dict[str, Any]]

LABORATORY = [
    ["Date", "Hosp. no.", "Surname", "Forename", "K (mmol/L)", "Na (mmol/L)", "Creat (µmol/L)", "Hb g/L"],
    ["2025-02-03", "QW-1180", "Ambrose", "Leonie", "4.4", "139", "81", "127"],
    ["2025-02-03", "QW-1811", "Ambrose", "Leon", "5.1", "133", "140", "98"],
    ["2025-02-10", "QW-1180", "Ambrose", "Leonie", "3.6", "137", "84", "125"],
    ["2025-02-17", "QW-1811", "Ambrose", "Leon", "4.9", "135", "132", "101"],
    ["2025-02-17", "QW-2044", "Fairweather", "Otis", "<2.5", "141", "77", "150"],
    ["2025-03-03", "QW-1180", "Ambrose", "Leonie", "4.0", "140", "", "131"],
]
LONG = [
    ["Test", "Result", "Unit", "Reference range", "Date"],
    ["Sodium", "131", "mmol/L", "135-145", "04/03/2025"],
    ["Calcium", "2.31", "mmol/L", "2.20 to 2.60", "04/03/2025"],
    ["Albumin", "29", "g/L", "35-50", "25/03/2025"],
    ["Sodium", "138", "mmol/L", "135-145", "25/03/2025"],
]
BOOK = [
    ["Date", "INR", "Tablets per week", "Remark"],
    ["06.01.2025", "2,4", "14", ""],
    ["20.01.2025", "3,7", "12,5", "grapefruit juice daily"],
    ["03.02.2025", "1,8", "13,5", "two doses missed"],
    ["24.02.2025", "2,6", "13,5", ""],
]
CHART = [
    ["Medicine", "Dose", "Times", "From", "To", "Status"],
    ["Carvedilol", "6.25 mg", "morning and evening", "02.01.2025", "", "new"],
    ["Torasemide", "10 mg", "morning", "02.01.2025", "19.01.2025", "stopped"],
    ["Torasemide", "20 mg", "morning", "20.01.2025", "", "changed"],
    ["Rosuvastatin", "5 mg", "night", "11.11.2023", "", "unchanged"],
    ["Folic acid", "5 mg", "Mondays", "15.01.2025", "", "new"],
]
MATRIX = [
    ["Observation", "3 March 2025", "4 March 2025", "5 March 2025"],
    ["Weight (kg)", "71.4", "70.9", "70.2"],
    ["Pulse", "96", "88", "84"],
    ["Walking", "with two helpers", "with one helper", "alone with frame"],
]
REGISTER = [
    ["Invoice no.", "Invoice date", "Supplier", "Net (€)", "VAT (€)", "Gross (€)", "Due", "Paid on"],
    [
        "RE-2101",
        "03.02.2025",
        "Holzwerk Amsel GmbH",
        "1.200,00",
        "228,00",
        "1.428,00",
        "05.03.2025",
        "28.02.2025",
    ],
    ["RE-2102", "05.02.2025", "Papier Lerche", "84,50", "16,06", "100,56", "07.03.2025", ""],
    [
        "RE-2103",
        "17.02.2025",
        "Holzwerk Amsel GmbH",
        "2.350,40",
        "446,58",
        "2.796,98",
        "19.03.2025",
        "21.03.2025",
    ],
    ["RE-2104", "04.03.2025", "Glas Zeisig", "410,00", "77,90", "487,90", "03.04.2025", ""],
]
RENTS = [
    ["Unit", "Tenant", "Monthly rent", "Service charge p.m.", "Start of term", "End of term", "Status"],
    ["1A", "Marlow & Finch Ltd", "£1,450.00", "£120.00", "1 April 2022", "31 March 2027", "let"],
    ["1B", "Ottoline Pratchard", "£980.00", "£95.00", "1 July 2023", "30 June 2026", "let"],
    ["2", "", "£1,300.00", "£110.00", "", "", "vacant"],
    ["3", "Tidewell Dental LLP", "£2,275.00", "£240.00", "15 September 2021", "14 September 2031", "arrears"],
    ["Total", "", "£6,005.00", "£565.00", "", "", ""],
]
ROTA = [
    ["Day", "Early", "Late", "Night"],
    ["Mon 07/04/2025", "Idris Vaughan", "Petra Solheim", "Cosmo Leung"],
    ["Tue 08/04/2025", "Petra Solheim", "Idris Vaughan", "Cosmo Leung"],
    ["Wed 09/04/2025", "Nell Abiodun", "Petra Solheim", "Idris Vaughan"],
]
AMERICAN = [
    ["Date of service", "Claimant", "Charge ($)", "Adjuster"],
    ["04/05/2025", "Duke Hensley", "310.00", "R. Osei"],
    ["04/25/2025", "Duke Hensley", "1,275.50", "R. Osei"],
    ["05/02/2025", "Marge Tilman", "95.25", "K. Brandt"],
]
CONTACTS = [
    ["Who", "Role", "Phone", "Hours"],
    ["Saskia Thorne", "tissue viability nurse", "01632 960111", "Mon to Wed"],
    ["Emeka Oduya", "dietitian", "01632 960112", "Thu"],
    ["Night porter", "portering", "01632 960119", "20:00 to 06:00"],
]
YEARS = [
    ["Cost", "2023 (£)", "2024 (£)"],
    ["Gardening", "1,100", "1,325"],
    ["Window cleaning", "640", "640"],
    ["Insurance", "2,090", "2,610"],
]
OLD_PRICES = [["Code", "Article", "Price (£)"], ["K-1", "Desk lamp", "21.00"], ["K-2", "Filing box", "4.20"]]
NEW_PRICES = [["Code", "Article", "Price (£)"], ["K-1", "Desk lamp", "23.10"], ["K-2", "Filing box", "4.20"]]
BEDS = [
    ["Bed", "Patient", "Number", "Diet", "Plan"],
    ["4", "Ambrose, Leonie", "QW-1180", "soft", "home Friday"],
    ["9", "AMBROSE Leon", "QW-1811", "low salt", "chase echo"],
    ["11", "Fairweather, Otis", "QW-2044", "normal", "physio"],
]
TEMPERATURES = [
    ["Date", "Temp °C", "Pulse"],
    *([f"{day} June 2025", f"36.{day % 10}", f"{70 + day}"] for day in range(1, 21)),
]
VACCINES = [
    ["Patient", "Vaccine", "Given on", "Batch", "By"],
    ["Edda Hartnoll", "Influenza", "2024-10-09", "FL-88120", "SN Roe"],
    ["Edda Hartnoll", "Pneumococcal", "2022-11-02", "PN-20014", "SN Roe"],
    ["Edda Hartnoll", "Shingles", "", "", "declined"],
]
HOURS = [
    ["Fee earner", "Date", "Activity", "Hours"],
    ["Lucan Moss", "2025-01-08", "drafting particulars of claim", "3.5"],
    ["Lucan Moss", "2025-01-09", "call with client", "0.4"],
    ["Ida Brandvold", "2025-01-09", "review of disclosure", "5.2"],
    ["Ida Brandvold", "2025-02-03", "hearing", "6.0"],
]

DOCUMENTS: dict[str, list[dict[str, Any]]] = {
    "ward": [
        {"file": "bloods west ward.csv", "pages": [[{"table": LABORATORY}]]},
        {"file": "bed list 3 March 2025.docx", "pages": [[{"heading": "West ward: beds"}, {"table": BEDS}]]},
    ],
    "renal": [
        {
            "file": "results Otis Fairweather.docx",
            "pages": [[
                {"heading": "Results"},
                {"fields": {"Patient": "Mr Otis Fairweather", "Born": "12 May 1950", "Number": "QW-2044"}},
                {"table": LONG},
            ]],
        },
        {
            "file": "chart Fairweather.docx",
            "pages": [[
                {"heading": "Medication chart"},
                {"fields": {"Patient": "Mr Otis Fairweather", "Allergies": "penicillin", "Ward": "West"}},
                {"table": CHART},
            ]],
        },
        {
            "file": "observations Fairweather.html",
            "pages": [[
                {"heading": "Observations"},
                {"fields": {"Patient": "Mr Otis Fairweather"}},
                {"table": MATRIX},
            ]],
        },
    ],
    "clinic": [
        {
            "file": "INR books.xlsx",
            "pages": [
                [
                    {"sheet": "Hartnoll"},
                    {"fields": {"Patient": "Mrs Edda Hartnoll", "Target INR": "2,0 to 3,0"}},
                    {"table": BOOK},
                ],
                [
                    {"sheet": "Quist"},
                    {"fields": {"Patient": "Mr Bo Quist", "Target INR": "2,5 to 3,5"}},
                    {"table": [BOOK[0], ["13.01.2025", "2,2", "10", ""], ["10.02.2025", "3,0", "11", ""]]},
                ],
            ],
        },
        {
            "file": "vaccines Hartnoll.csv",
            "pages": [[{"table": VACCINES}]],
        },
        {"file": "telephone list.docx", "pages": [[{"heading": "Telephone list"}, {"table": CONTACTS}]]},
    ],
    "accounts": [
        {"file": "Rechnungseingang.csv", "pages": [[{"table": REGISTER}]]},
        {"file": "claims.csv", "pages": [[{"table": AMERICAN}]]},
        {"file": "prices.xlsx", "pages": [
            [{"sheet": "From 1 March 2024"}, {"table": OLD_PRICES}],
            [{"sheet": "From 1 March 2025"}, {"table": NEW_PRICES}],
        ]},
        {"file": "time sheet.csv", "pages": [[{"table": HOURS}]]},
    ],
    "property": [
        {"file": "rent schedule.docx", "pages": [[{"heading": "Rents of Weir House"}, {"table": RENTS}]]},
        {"file": "service costs.docx", "pages": [[{"heading": "Costs of the estate"}, {"table": YEARS}]]},
        {"file": "rota week 15.xlsx", "pages": [[{"sheet": "Week 15"}, {"table": ROTA}]]},
        {"file": "cold room.csv", "pages": [[{"table": TEMPERATURES}]]},
        {
            "file": "notice form.docx",
            "pages": [[
                {"heading": "Notice to end a tenancy"},
                {"fields": {"Premises": "Unit 1B", "Served on": "4 February 2025", "Expires on": "6 May 2025",
                            "Reason": "move to larger premises", "Deposit held": "£1,960.00"}},
            ]],
        },
        *({
            "file": f"receipt {number}.docx",
            "pages": [[
                {"heading": f"Receipt {number}"},
                {"fields": {"Date": day, "Received from": payer, "Amount paid": amount}},
            ]],
        } for number, payer, amount, day in (
            (501, "Ottoline Pratchard", "£980.00", "3 January 2025"),
            (502, "Marlow & Finch Ltd", "£1,450.00", "3 January 2025"),
            (503, "Ottoline Pratchard", "£980.00", "4 February 2025"),
        )),
    ],
}  # fmt: skip

QUESTIONS: list[tuple[str, str, list[str] | None]] = [
    # (collection, question, what the line must hold; None where no table answers)
    ("ward", "What was Leonie Ambrose's potassium on 10 February 2025?", ["3.6 mmol/L", "10 February 2025"]),
    ("ward", "Leon Ambrose sodium 17/02/2025", ["135 mmol/L"]),
    ("ward", "What is the latest haemoglobin of Leonie Ambrose?", ["131 g/L", "3 March 2025"]),
    ("ward", "last creatinine of Leonie Ambrose before 10 February 2025", ["81"]),
    ("ward", "What was Leonie Ambrose's potassium on 11 February 2025?", None),
    ("ward", "What was Leonie Ambrose's creatinine on 3 March 2025?", None),
    ("ward", "What was Leonie Ambrose's INR on 3 March 2025?", None),
    ("ward", "hospital number of Leon Ambrose?", ["QW-1811"]),
    (
        "ward",
        "Who had the higher potassium on 3 February 2025, Leonie Ambrose or Leon Ambrose?",
        ["5.1", "4.4"],
    ),
    (
        "ward",
        "By how much did Leonie Ambrose's potassium fall from 3 February to 10 February 2025?",
        ["0.8 mmol/L"],
    ),
    ("ward", "How many blood samples of Leonie Ambrose are in the bloods list?", ["3"]),
    ("ward", "What diet is bed 9 on?", ["low salt"]),
    ("ward", "Who is in bed 11?", ["Fairweather"]),
    ("ward", "What was the creatinine of bed 9 on 17 February 2025?", ["132"]),
    ("renal", "What was the sodium of Mr Fairweather on 25 March 2025?", ["138 mmol/L"]),
    ("renal", "latest albumin of Mr Fairweather", ["29 g/L", "25 March 2025"]),
    ("renal", "What dose of torasemide is Mr Fairweather on now?", ["20 mg"]),
    ("renal", "Which medicines were new for Mr Fairweather?", ["Carvedilol", "Folic acid"]),
    ("renal", "What dose of torasemide did Mr Fairweather take on 10 January 2025?", ["10 mg"]),
    ("renal", "How many medicines are on the medication chart?", ["4"]),
    ("renal", "What was Mr Fairweather's pulse on 4 March 2025?", ["88"]),
    ("renal", "weight of Mr Fairweather on 5 March 2025", ["70.2"]),
    ("renal", "Which ward is Mr Fairweather on?", ["West"]),
    ("clinic", "What was Mrs Hartnoll's INR on 20.1.2025?", ["3,7"]),
    ("clinic", "What is Mr Quist's target INR?", ["2,5 to 3,5"]),
    ("clinic", "On which dates was Mrs Hartnoll's INR above her target?", ["20 January 2025"]),
    ("clinic", "highest INR of Mrs Hartnoll and why", ["3,7", "grapefruit"]),
    ("clinic", "How has Mrs Hartnoll's INR changed over time?", ["2,4", "3,7", "1,8", "2,6"]),
    ("clinic", "What is the average INR of Mr Quist?", ["2.6"]),
    ("clinic", "How many INR checks did Mrs Hartnoll have?", ["4"]),
    ("clinic", "When was Edda Hartnoll's influenza vaccine given?", ["2024-10-09"]),
    ("clinic", "phone number of the dietitian", ["01632 960112"]),
    ("accounts", "What is the gross amount of RE-2103?", ["2.796,98"]),
    ("accounts", "Which invoices have not been paid yet?", ["RE-2102", "RE-2104"]),
    ("accounts", "total gross of the invoices of Holzwerk Amsel", ["4,224.98"]),
    ("accounts", "How many invoices came from Holzwerk Amsel?", ["2"]),
    ("accounts", "When was RE-2101 due?", ["05.03.2025"]),
    ("accounts", "How many days after it was due was RE-2103 paid?", ["2 days"]),
    ("accounts", "What was charged for Duke Hensley on April 25, 2025?", ["1,275.50"]),
    ("accounts", "What was charged for Duke Hensley on April 5, 2025?", ["310.00"]),
    ("accounts", "desk lamp old and new price", ["21.00", "23.10"]),
    ("accounts", "What does a desk lamp cost now?", ["23.10"]),
    ("accounts", "What did a desk lamp cost before March 2025?", ["21.00"]),
    ("accounts", "How many hours did Ida Brandvold work altogether?", ["11.2"]),
    ("property", "What is the monthly rent of Tidewell Dental?", ["£2,275.00"]),
    ("property", "When does the term of Ottoline Pratchard end?", ["30 June 2026"]),
    ("property", "Which units are vacant?", ["2"]),
    ("property", "Which tenants pay more than £1,400 monthly rent?", ["Marlow", "Tidewell"]),
    ("property", "insurance cost 2023 against 2024", ["2,090", "2,610"]),
    ("property", "What did gardening cost in 2022?", None),
    ("property", "Who is on the late shift on 8 April 2025?", ["Idris Vaughan"]),
    ("property", "temperature on 17 June 2025", ["36.7"]),
    ("property", "How many days from service of the notice until it expires?", None),
    ("property", "How many receipts are there from Ottoline Pratchard?", ["2"]),
    ("property", "What deposit is held?", ["£1,960.00"]),
]
"""Questions with what their line must hold."""
