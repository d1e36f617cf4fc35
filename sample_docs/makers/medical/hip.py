"""Ilse Corrowan, hip fracture: laboratory workbook, medication chart, nursing notes."""

from pathlib import Path

from writers.office import Cell, Sheet, write_docx, write_xlsx

PATIENT = "Mrs Ilse Corrowan, born 2 October 1947, hospital number H-118062, Fulmar Ward"
DAYS: list[Cell] = ["09 Mar 2026", "10 Mar 2026", "11 Mar 2026", "13 Mar 2026", "16 Mar 2026"]
HEADER: list[Cell] = ["Test", "Unit", "Reference range", *DAYS]

HAEMATOLOGY: list[list[Cell]] = [
    HEADER,
    ["Haemoglobin", "g/L", "115 to 165", 121, 104, 82, 97, 101],
    ["White cell count", "10^9/L", "4.0 to 11.0", 9.8, 12.6, 13.4, 10.2, 8.7],
    ["Neutrophils", "10^9/L", "2.0 to 7.5", 7.1, 10.3, 10.9, 7.4, 5.8],
    ["Lymphocytes", "10^9/L", "1.0 to 4.0", 1.6, 1.1, 1.2, 1.5, 1.7],
    ["Platelets", "10^9/L", "150 to 400", 236, 208, 187, 214, 291],
    ["Haematocrit", "L/L", "0.36 to 0.47", 0.37, 0.32, 0.25, 0.29, 0.31],
    ["Mean cell volume", "fL", "80 to 100", 91.2, 91.0, 90.8, 90.1, 90.4],
    ["INR", "ratio", "0.8 to 1.2", 1.1, None, 1.3, None, 1.0],
    ["APTT", "s", "25 to 35", 29, None, 33, None, 30],
    ["Fibrinogen", "g/L", "1.5 to 4.0", 3.8, None, 4.6, None, None],
    ["Ferritin", "microg/L", "15 to 300", None, None, None, 38, None],
]
CHEMISTRY: list[list[Cell]] = [
    HEADER,
    ["Sodium", "mmol/L", "133 to 146", 136, 133, 129, 132, 135],
    ["Potassium", "mmol/L", "3.5 to 5.3", 3.9, 3.6, 3.1, 3.4, 4.1],
    ["Urea", "mmol/L", "2.5 to 7.8", 7.2, 8.4, 10.9, 8.0, 6.6],
    ["Creatinine", "micromol/L", "45 to 84", 78, 86, 109, 88, 76],
    ["eGFR", "mL/min/1.73 m2", "over 60", 66, 59, 44, 57, 68],
    ["Magnesium", "mmol/L", "0.70 to 1.00", None, None, 0.58, 0.74, 0.81],
    ["Adjusted calcium", "mmol/L", "2.20 to 2.60", 2.24, None, None, 2.21, None],
    ["Phosphate", "mmol/L", "0.80 to 1.50", 1.02, None, None, 0.91, None],
    ["Albumin", "g/L", "35 to 50", 36, 31, 27, 28, 30],
    ["Alkaline phosphatase", "U/L", "30 to 130", 118, 112, 104, 141, 163],
    ["C-reactive protein", "mg/L", "under 5", 12, 74, 168, 92, 31],
    ["25-OH vitamin D", "nmol/L", "over 50", None, None, None, 22, None],
    ["Digoxin (8 h after dose)", "microg/L", "0.5 to 1.0", None, None, None, 0.7, None],
]

CHART = """
Patient: Mrs Ilse Corrowan, born 2 October 1947. Hospital number H-118062. Fulmar Ward, bed 9. Consultant: Mr Everard Stroud, orthopaedics.
Weight: 58 kg (9 March 2026). Height: 161 cm. Creatinine clearance: 52 mL/min (9 March 2026).
# Allergies and sensitivities
No known allergy to penicillin. Mrs Corrowan is allergic to trimethoprim (widespread rash, 2016). Codeine makes her confused and is to be avoided, though this is an intolerance and not an allergy. Checked with the patient and her daughter by K. Ferrand, pharmacist, 9 March 2026.
# Regular medicines
| Drug | Dose | Unit | Route | Frequency | Start | Stop | Prescriber and notes |
| Digoxin | 62.5 | micrograms | oral | once a day, 08:00 | 9 March 2026 | | Dr Vane-Holt; omit if pulse below 55 |
| Furosemide | 40 | mg | oral | once a day, 08:00 | 9 March 2026 | 11 March 2026 | Dr Vane-Holt; stopped: sodium 129 and creatinine rising |
| Bisoprolol | 1.25 | mg | oral | once a day, 08:00 | 9 March 2026 | | Dr Vane-Holt |
| Levothyroxine | 75 | micrograms | oral | once a day, 07:00, before food | 9 March 2026 | | Dr Vane-Holt |
| Paracetamol | 1 | g | oral | four times a day | 9 March 2026 | | Dr Vane-Holt; at least 4 hours between doses |
| Enoxaparin | 40 | mg | subcutaneous | once a day, 18:00 | 10 March 2026 | 13 April 2026 | Mr Stroud; first dose 6 hours after operation; 35 days in all |
| Potassium chloride (effervescent) | 24 | mmol | oral | twice a day | 11 March 2026 | 14 March 2026 | Dr Iyer-Lund; for potassium 3.1 |
| Magnesium sulfate | 20 | mmol | intravenous | once, over 4 hours | 11 March 2026 | 11 March 2026 | Dr Iyer-Lund; given 15:10 |
| Colecalciferol | 800 | units | oral | once a day | 14 March 2026 | | Dr Iyer-Lund; after loading with 50,000 units on 13 March |
| Ferrous fumarate | 210 | mg | oral | once a day | 14 March 2026 | | Dr Iyer-Lund; ferritin 38 |
| Senna | 15 | mg | oral | at night | 10 March 2026 | | Dr Vane-Holt |
# Antimicrobials
| Drug | Dose | Unit | Route | Frequency | Start | Stop | Indication and review |
| Flucloxacillin | 1 | g | intravenous | at induction, then 6-hourly for three doses | 10 March 2026 | 11 March 2026 | Surgical prophylaxis |
| Gentamicin | 120 | mg | intravenous | once, at induction | 10 March 2026 | 10 March 2026 | Surgical prophylaxis |
| Nitrofurantoin | 100 | mg | oral | twice a day, modified release | 13 March 2026 | 16 March 2026 | Lower urinary infection; three days; not trimethoprim (allergy) |
# Medicines to be given when required
| Drug | Dose | Unit | Route | Least interval | Most in 24 hours | Reason |
| Oxycodone (immediate release) | 2.5 | mg | oral | 4 hours | 10 mg | Pain not relieved by paracetamol |
| Ondansetron | 4 | mg | oral or intravenous | 8 hours | 8 mg | Nausea |
| Salbutamol | 200 | micrograms | inhaled | 4 hours | 800 micrograms | Wheeze |
| Naloxone | 100 | micrograms | intravenous | 2 minutes | call for help after 400 micrograms | Respiratory rate below 8 |
# Oxygen and fluids
Target oxygen saturation 94 to 98 per cent. No oxygen needed since 12 March 2026. Fluid restriction is not in force. Sodium chloride 0.9 per cent, 1 litre over 10 hours, was given on 10 and 11 March.
# Medicines from home that were not continued
| Drug | Dose at home | Decision | Reason |
| Amlodipine | 5 mg once a day | withheld | Blood pressure 104/58 mmHg after operation |
| Alendronic acid | 70 mg once a week | withheld | Bone clinic to choose treatment in six weeks |
| Naproxen | 250 mg when required | stopped | Kidney function, and heart failure |
# Pharmacist's notes
13 March 2026, K. Ferrand: digoxin level 0.7 micrograms/L, satisfactory; no change. 16 March 2026, K. Ferrand: potassium 4.1 mmol/L two days after the supplement was stopped. Supply enoxaparin to 13 April and a sharps bin on discharge; her daughter will give the injections.
"""

NOTES = """\
# Fulmar Ward: nursing notes

**Patient:** Mrs Ilse Corrowan, born 2 October 1947, H-118062. **Bed:** 9

**Allergy:** trimethoprim (rash). Not allergic to penicillin. Codeine: confusion.

**Next of kin:** daughter, Mrs Greta Corrowan-Leigh, telephone 01632 960417. She may be called at any hour.

## 9 March 2026

### 17:20, triage nurse R. Ambleside, emergency department

Brought by ambulance at 15:52. Tripped over a rug at about 11:00 this morning and lay on the kitchen floor until found by a neighbour at 15:00. No loss of consciousness, did not hit her head. Right leg short and turned outwards. Pain 8 out of 10 on movement. Triage category 2. Fascia iliaca block given by Dr Vane-Holt at 16:45; pain 3 out of 10 half an hour later.

### 19:30, staff nurse M. Oyelin

Admitted to the ward. Temperature 36.1 °C, pulse 84, blood pressure 138/76, respiratory rate 18, saturation 95% on air. Early warning score 1. Skin: red area 3 cm by 2 cm over the sacrum, blanching. Both heels intact. Pressure score 18: high risk, air mattress ordered. Abbreviated mental test 9 out of 10. Lives alone; walks with one stick. No carers. Wears hearing aids in both ears, brought in; glasses left at home.

## 10 March 2026

### 07:10, staff nurse M. Oyelin

Slept for short periods. Nil by mouth for food from 02:00; clear fluids until 06:00. Identity band and consent checked. Hearing aids left in for the anaesthetic room.

### 13:45, staff nurse P. Quillon

Back from theatre at 13:20 after right cemented hemiarthroplasty under spinal anaesthetic. Dressing dry. Blood pressure 104/58, pulse 78. Can move both feet. Urinary catheter in place: 60 mL in the first hour. Amlodipine withheld on medical advice. First enoxaparin due at 18:00.

## 11 March 2026

### 06:30, staff nurse M. Oyelin

Muddled overnight, pulling at the cannula, thought that she was at home. Delirium screen (4AT) 6. Settled when her hearing aids were put back in. No sedation given.

### 10:15, staff nurse P. Quillon

Haemoglobin telephoned by the laboratory: 82. Dr Iyer-Lund informed at 10:20. Pale, pulse 96, blood pressure 102/56. One unit of red cells started at 12:40 and finished at 15:00, no reaction. Potassium 3.1, replacement started. Stood with two staff and a frame, dizzy, back to bed.

## 12 March 2026

### 14:00, staff nurse P. Quillon

Brighter and knows where she is. 4AT 2. Walked 4 metres with a frame and one person. Oxygen off since 09:00, saturation 96%. Sacrum: skin broken, 1 cm by 1 cm, grade 2; incident form completed; tissue viability nurse asked to see her. Eating half of her meals; supplement drinks twice a day.

## 13 March 2026

### 09:40, staff nurse D. Hathersage

Catheter removed at 06:00. Passing urine often with burning. Bladder scan after voiding 85 mL. Temperature 37.9 °C. Sample sent. Nitrofurantoin prescribed; the night doctor had written trimethoprim and this was crossed out before any dose was given. Reported as a near miss. Daughter told by me at 11:00.

## 16 March 2026

### 11:30, staff nurse D. Hathersage

Early warning score 0. Walked 25 metres with a frame, supervised. Managed four stairs with the physiotherapist. Sacral wound 0.5 cm, clean, foam dressing changed every three days. Wound at the hip dry; clips to be removed on 24 March by the community nurse. Bowels opened.

Plan: to Orchard House rehabilitation unit on 18 March, transport booked for 10:00. Daughter taught to give enoxaparin; she gave today's injection under supervision. Not for discharge to her own home until the occupational therapist has visited it.
"""


def lab_results(path: Path) -> None:
    """Write the laboratory results."""
    footnotes = [
        "Empty cell: not requested. Samples taken between 06:30 and 08:00, except 09 Mar 2026 (17:05).",
        "Authorised by Dr Oswin Kettle, St Aldreda's Hospital laboratory.",
    ]
    sheets = [
        Sheet("Haematology", ["Haematology: cumulative report", PATIENT], HAEMATOLOGY, footnotes),
        Sheet("Chemistry", ["Clinical chemistry: cumulative report", PATIENT], CHEMISTRY, footnotes),
    ]
    write_xlsx(
        path,
        title="Laboratory results: Mrs Ilse Corrowan",
        author="St Aldreda's Hospital laboratory",
        sheets=sheets,
    )


def medication_chart(path: Path) -> None:
    """Write the medication chart."""
    write_docx(
        path,
        title="Medication chart: Mrs Ilse Corrowan",
        author="St Aldreda's Hospital pharmacy",
        header="Ilse Corrowan · H-118062 · Fulmar Ward",
        markup=CHART,
        landscape=True,
    )


def nursing_notes(path: Path) -> None:
    """Write the nursing notes."""
    path.write_text(NOTES, encoding="utf-8", newline="\n")
