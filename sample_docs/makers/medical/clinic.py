"""The anticoagulant clinic's policy as slides, and a referral letter as a scanner leaves it."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab import __file__ as reportlab_file
from writers.office import Slide, write_pptx
from writers.pdf import write_image_pdf

SLIDES = [
    Slide(
        "Purpose and scope",
        [
            "For nurses, pharmacists and doctors of the anticoagulant clinic",
            "Adults taking warfarin, apixaban, rivaroxaban, edoxaban or dabigatran",
            "Not for pregnant patients: refer to the maternal medicine team",
            "Not for children under 16",
        ],
        notes=(
            "Replaces version 4 of November 2022. The main change is the shorter pause for low-risk procedures. "
            "The policy was approved by the medicines committee on 8 January 2026 and is due for review in January 2028. "
            "Owner: Dr Maren Osterby, consultant haematologist."
        ),
    ),
    Slide(
        "First visit",
        [
            "Check identity with name, date of birth and address",
            "Record indication, target, planned duration and bleeding history",
            "Baseline: full blood count, INR, liver and kidney function, weight",
            "Give the yellow book and the alert card",
            "Appointments last 30 minutes; later ones last 10",
        ],
        notes="If the patient weighs less than 50 kg or more than 120 kg, ask the pharmacist before choosing a direct oral anticoagulant.",
    ),
    Slide(
        "Target INR for warfarin",
        table=[
            ["Indication", "Target INR", "Duration"],
            ["Atrial fibrillation", "2.5", "lifelong"],
            ["First deep vein thrombosis, provoked", "2.5", "3 months"],
            ["First pulmonary embolism, unprovoked", "2.5", "at least 6 months, then review"],
            ["Recurrence while at target 2.5", "3.5", "lifelong"],
            ["Mechanical aortic valve, bileaflet", "2.5", "lifelong"],
            ["Mechanical mitral valve", "3.0", "lifelong"],
        ],
        notes="A consultant may set another target in writing. The range is the target plus or minus 0.5.",
    ),
    Slide(
        "High INR on warfarin",
        table=[
            ["INR", "Bleeding", "Action"],
            ["5.0 to 8.0", "none", "Withhold 1 or 2 doses; reduce the weekly dose"],
            ["5.0 to 8.0", "minor", "Withhold; vitamin K 1 mg intravenously"],
            ["over 8.0", "none", "Withhold; vitamin K 2 mg by mouth; repeat INR next day"],
            ["over 8.0", "minor", "Withhold; vitamin K 3 mg intravenously; admit"],
            ["any", "major", "Prothrombin complex 50 units/kg and vitamin K 5 mg; call 2222"],
        ],
        notes=(
            "Vitamin K by mouth means the intravenous preparation given by mouth with an oral syringe. "
            "Restart warfarin when the INR is below 5.0. Any head injury with an INR above 3.0 needs a scan, even if the patient feels well."
        ),
    ),
    Slide(
        "Dose of apixaban in atrial fibrillation",
        [
            "Usual dose: 5 mg twice a day",
            "Reduce to 2.5 mg twice a day with two or more of: age 80 or over; weight 60 kg or less; creatinine 133 micromol/L or more",
            "Also 2.5 mg twice a day if creatinine clearance is 15 to 29 mL/min",
            "Do not use if creatinine clearance is below 15 mL/min",
        ],
        notes="One criterion alone is not a reason to reduce the dose. Under-dosing was our commonest finding in the 2024 audit: 17 of 140 patients.",
    ),
    Slide(
        "Pausing before a planned procedure",
        table=[
            ["Medicine", "Low bleeding risk", "High bleeding risk"],
            ["Warfarin", "continue if INR is 3.0 or less", "last dose 6 days before"],
            ["Apixaban, rivaroxaban, edoxaban", "last dose 24 hours before", "last dose 48 hours before"],
            ["Dabigatran, clearance over 50", "last dose 24 hours before", "last dose 48 hours before"],
            ["Dabigatran, clearance 30 to 50", "last dose 48 hours before", "last dose 96 hours before"],
        ],
        notes=(
            "Bridging with heparin is not given for atrial fibrillation alone. It is considered for a mechanical mitral valve, "
            "or for a clot within the last three months. Simple dental extractions of up to three teeth do not need a pause."
        ),
    ),
    Slide(
        "Missed appointments and blood tests",
        [
            "Warfarin: longest interval between INR tests is 12 weeks",
            "After a dose change: repeat the INR within 7 days",
            "Direct oral anticoagulants: kidney function yearly; every 6 months at 75 or over",
            "Two missed appointments: telephone, then write to the patient and the GP",
            "Do not stop supply without a doctor's decision",
        ],
        notes="Telephone twice on different days before writing. Home visits are arranged by the community team on extension 4471.",
    ),
    Slide(
        "Incidents and contact",
        [
            "Report every INR above 8.0 as an incident, harm or no harm",
            "Clinic open Monday to Friday, 08:30 to 16:30",
            "Clinic telephone: 01632 960150",
            "Out of hours: on-call haematologist through the switchboard",
        ],
        notes="We do not give advice to patients by e-mail. Messages left on the answering machine are heard at 08:30 and 13:00.",
    ),
]

REFERRAL = """\
MILLBECK SURGERY
Weir Street, Wexcombe WX3 1GP        Telephone 01632 960733

2 March 2026

To: Rapid access neurology clinic, St Aldreda's Hospital

Re: Mr Corin Ashlade, born 30 July 1968
    17 Plover Close, Wexcombe WX5 2TN

Dear colleague,

Thank you for seeing this 57-year-old joiner, who had a first
seizure at work on 26 February. His workmates describe stiffening
and then shaking of all limbs for about two minutes, with a bitten
tongue and drowsiness for half an hour afterwards. He was taken to
the emergency department; a CT scan of the head was reported as
normal and he went home the same evening.

There was no fever and no head injury. He drinks about 20 units
of alcohol a week. He sleeps badly. An aunt had epilepsy.

Past history: hypertension; left inguinal hernia repair, 2011.

Medicines: amlodipine 10 mg once a day. He has taken tramadol
50 mg at night for back pain since January; I have stopped it.

Allergies: none known.

Examination on 2 March: pulse 72 regular, blood pressure 146/84,
no focal neurological signs. ECG normal, QTc 428 ms.

I have told him not to drive, and not to use power saws or work
at heights. He has informed the licensing authority.

I should be grateful for your opinion and for an MRI scan and EEG
if you think them right. He is anxious to know about his work.

Yours faithfully,

Dr Sunniva Hale
"""

DOTS_PER_INCH = 150


def anticoagulant_policy(path: Path) -> None:
    """Write the slides of the policy."""
    write_pptx(
        path,
        title="Anticoagulant clinic policy",
        author="Dr Maren Osterby",
        subtitle="St Aldreda's Hospital, Wexcombe\nVersion 5, January 2026",
        slides=SLIDES,
    )


def scanned_referral(path: Path) -> None:
    """Write the referral as a scan."""
    write_image_pdf(path, title="Scan 0417", pages=[_scan(REFERRAL)])


def _scan(text: str) -> Image.Image:
    """The letter on off-white paper, fed in slightly crooked."""
    size = (round(8.27 * DOTS_PER_INCH), round(11.69 * DOTS_PER_INCH))
    page = Image.new("L", size, 246)
    font = ImageFont.truetype(str(Path(reportlab_file).parent / "fonts" / "Vera.ttf"), 24)
    ImageDraw.Draw(page).multiline_text((130, 130), text, fill=52, font=font, spacing=9)
    return page.rotate(0.7, resample=Image.Resampling.BICUBIC, fillcolor=238)
