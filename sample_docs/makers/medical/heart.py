"""Alban Trewick, heart failure: the discharge summary and the clinic letter six weeks later."""

from pathlib import Path

from writers.pdf import write_pdf

DISCHARGE = """
| St Aldreda's Hospital, Wexcombe | Cardiology, Linnet Ward |
| Patient | Mr Alban Trewick, born 11 May 1953, hospital number H-204417 |
| Address | 5 Pottery Cottages, Wexcombe WX3 8LA |
| General practitioner | Dr Sunniva Hale, Millbeck Surgery, Wexcombe |
| Admitted | 3 February 2026, 21:40, through the emergency department |
| Discharged | 11 February 2026, to his own home |
| Consultant | Dr Benedikt Orrey |
# Diagnoses
- Acute decompensation of chronic heart failure with reduced ejection fraction (left ventricular ejection fraction 32%)
- Permanent atrial fibrillation, with a fast ventricular rate on admission
- Acute kidney injury, stage 1, on chronic kidney disease stage 3a; recovered
- Hyperkalaemia while taking spironolactone and ramipril; resolved
- Type 2 diabetes mellitus, controlled by diet
# Allergies and adverse reactions
Mr Trewick is allergic to penicillin: in 1998 he had facial swelling and wheeze within an hour of a first dose of amoxicillin. He has taken doxycycline since without trouble. He has no known allergy to latex or to iodinated contrast.
# Presenting complaint
Ten days of increasing breathlessness, so that he could not climb the stairs without stopping, with swelling of both legs and four nights of sleeping in a chair. He had gained 6.5 kg in three weeks. There was no chest pain and no fever. He had stopped taking furosemide for about a week before he became unwell, because of the inconvenience when travelling.
# Findings on admission
Pulse 124 a minute, irregular. Blood pressure 142/88 mmHg. Respiratory rate 26 a minute. Oxygen saturation 90% breathing air. Temperature 36.7 °C. The jugular venous pressure was raised by 6 cm, with crackles to both mid-zones and pitting oedema to the knees. There was no murmur. Weight on admission was 91.3 kg.
# Investigations
| Test | 3 Feb 2026 | 6 Feb 2026 | 11 Feb 2026 | Unit | Reference range |
| Potassium | 5.9 | 4.9 | 4.4 | mmol/L | 3.5 to 5.3 |
| Sodium | 131 | 134 | 137 | mmol/L | 133 to 146 |
| Creatinine | 168 | 139 | 121 | micromol/L | 59 to 104 |
| eGFR | 36 | 45 | 53 | mL/min/1.73 m² | over 60 |
| Urea | 14.2 | 11.8 | 9.6 | mmol/L | 2.5 to 7.8 |
| NT-proBNP | 6,840 | not done | 2,110 | ng/L | under 400 |
| Haemoglobin | 128 | 126 | 129 | g/L | 130 to 180 |
| C-reactive protein | 9 | not done | 4 | mg/L | under 5 |
Troponin was 31 ng/L on arrival and 29 ng/L three hours later: no acute coronary syndrome. The digoxin level on 9 February, taken eight hours after a dose, was 0.9 micrograms/L.
Electrocardiogram: atrial fibrillation at 124 a minute, no acute ischaemic change, no changes of hyperkalaemia.
Chest X-ray, 3 February: enlarged heart, upper lobe blood diversion and small effusions on both sides. No consolidation.
Echocardiogram, 5 February: dilated left ventricle with globally poor function, ejection fraction 32% (it was 38% in June 2023). Moderate functional mitral regurgitation. The right ventricle is mildly impaired. No thrombus was seen.
# Course in hospital
He was treated with furosemide by intravenous infusion, 160 mg over 24 hours, for four days and then by mouth. He lost 8.1 kg. The hyperkalaemia was treated with calcium gluconate, insulin and glucose on the night of admission. Spironolactone was stopped and ramipril withheld. The ventricular rate was controlled by adding digoxin: he was given 500 micrograms by mouth, then 250 micrograms six hours later, and then a daily dose.
The kidney function improved as the congestion was relieved. An ultrasound scan of the kidneys on 5 February showed no obstruction. He did not need non-invasive ventilation or care in a high-dependency unit.
On 8 February he had a fall without injury on the way to the bathroom. His blood pressure was 98/60 mmHg standing. The morning dose of bisoprolol was reduced from 5 mg to 2.5 mg, and there was no further dizziness. He did not strike his head, and no scan of the head was made.
# Medicines on discharge
| Medicine | Dose | Route and frequency | Status | Comment |
| Furosemide | 80 mg | by mouth, morning; 40 mg at midday | increased | was 40 mg once a day |
| Bisoprolol | 2.5 mg | by mouth, once a day | reduced | standing blood pressure low on 8 February |
| Digoxin | 125 micrograms | by mouth, once a day | new | for rate control |
| Apixaban | 5 mg | by mouth, twice a day | unchanged | stroke prevention; do not stop without advice |
| Dapagliflozin | 10 mg | by mouth, once a day | new | stop on sick days |
| Atorvastatin | 40 mg | by mouth, at night | unchanged | |
| Spironolactone | 25 mg | | stopped | potassium 5.9 mmol/L on admission |
| Ramipril | 5 mg | | withheld | heart failure nurse to decide about restarting at 1.25 mg |
Ibuprofen, which he had bought for his knee, must not be taken. Paracetamol was advised instead.
# Condition on discharge
Comfortable on the flat and able to climb one flight of stairs. Pulse 76 a minute, blood pressure 116/70 mmHg, oxygen saturation 96% breathing air. Weight on discharge was 83.2 kg, which should be taken as his dry weight.
# Plan and requests to the general practitioner
- Please check urea, electrolytes and creatinine one week after discharge, and again at four weeks.
- Please do not restart spironolactone. If the potassium is above 5.5 mmol/L at any time, please telephone the heart failure nurses.
- Please offer pneumococcal vaccination; the record shows that he has not had it.
- Please check the digoxin level only if toxicity is suspected or the kidney function falls.
# Plan for the hospital
- Heart failure nurse, Sister Calista Dunmore, will visit him at home within seven days and then every two weeks.
- Cardiology clinic with Dr Orrey in six weeks.
- He will be discussed at the device meeting on 19 March 2026, to consider a primary prevention defibrillator if the ejection fraction remains 35% or less after three months of treatment.
# Information given to the patient
Mr Trewick should weigh himself each morning and telephone the nurses if he gains more than 2 kg in three days. He should drink no more than 1.5 litres a day and should not use salt substitutes, which contain potassium. He may drive a private car. He has been told why furosemide must not be stopped when he travels, and that its second dose may be moved by up to four hours.
Resuscitation was discussed on 6 February with Mr Trewick and his daughter. He wishes to be resuscitated; no order limiting treatment is in place.
Completed by Dr Philippa Garrow, specialty registrar, 11 February 2026, 14:20. Copies: general practitioner, patient, heart failure nurses.
"""

LETTER = """\
ST ALDREDA'S HOSPITAL, WEXCOMBE
Department of Cardiology

Clinic date: 24 March 2026
Typed: 26 March 2026

To: Dr Sunniva Hale, Millbeck Surgery, Wexcombe
Copy to: the patient; Sister Calista Dunmore, heart failure nurse

Dear Dr Hale,

Mr Alban TREWICK, born 11 May 1953, hospital number H-204417
5 Pottery Cottages, Wexcombe WX3 8LA

Diagnoses
1. Heart failure with reduced ejection fraction, now New York Heart Association class II
2. Permanent atrial fibrillation, anticoagulated
3. Chronic kidney disease, stage 3a
4. Type 2 diabetes, diet only
5. Penicillin allergy (facial swelling and wheeze, 1998)

Changes made today
- Digoxin REDUCED from 125 micrograms to 62.5 micrograms once a day
- Ramipril RESTARTED at 1.25 mg at night
- Other medicines unchanged; spironolactone remains stopped

I saw Mr Trewick six weeks after he left hospital. He is much better. He walks to the harbour and back, about a mile, and stops once. He sleeps with one pillow. His ankles swell a little by the evening. He has not fainted and has not fallen again. He weighs himself daily and has kept within a kilogram of his dry weight; today he was 83.9 kg.

For the past fortnight he has felt sick in the mornings and has been off his food. He has not noticed yellow or blurred vision. I was concerned about digoxin and checked the level, which was 1.7 micrograms/L eleven hours after a dose. The potassium was 4.7 mmol/L, sodium 138 mmol/L, creatinine 134 micromol/L and eGFR 47. I think that the slight fall in kidney function explains the level. I have halved the dose and asked Sister Dunmore to repeat the level, with the electrolytes, on 3 April.

On examination the pulse was 62 a minute and irregular, and the blood pressure 124/72 mmHg sitting and 118/70 mmHg standing. The chest was clear. There was a trace of oedema at the ankles.

I have restarted ramipril at the smallest dose. Please do not increase it: Sister Dunmore will do so, by steps of 1.25 mg no more often than every two weeks, provided that the potassium stays below 5.3 mmol/L and the creatinine does not rise by more than a third. If the potassium reaches 6.0 mmol/L ramipril must be stopped the same day.

The device meeting on 19 March agreed that a defibrillator should not be decided upon before a repeat echocardiogram, which is booked for 14 May 2026. Mr Trewick has doubts about having one, and I have given him a booklet.

He asked about flying to see his son in June. I have no objection to a flight of up to four hours if he remains as well as he is now, and I have advised him to carry his medicines in the cabin. He should not need oxygen.

He told me that a dentist had offered him amoxicillin for an abscess last month and that he had refused it. I should be grateful if you would make sure that the allergy is recorded in the summary that dentists can see.

I will see him again in three months.

Yours sincerely,

Dr Benedikt Orrey
Consultant cardiologist
Dictated and checked, sent without signature to avoid delay
"""


def discharge_summary(path: Path) -> None:
    """Write the discharge summary."""
    write_pdf(
        path,
        title="Discharge Summary: Mr Alban Trewick",
        author="St Aldreda's Hospital, Cardiology",
        header="Alban Trewick · born 11 May 1953 · H-204417",
        footer="St Aldreda's Hospital · discharge summary · 11 February 2026 · confidential",
        markup=DISCHARGE,
    )


def clinic_letter(path: Path) -> None:
    """Write the clinic letter."""
    path.write_text(LETTER, encoding="utf-8", newline="\n")
