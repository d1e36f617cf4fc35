"""Tamsin Orrick, gallstones: the consent form and the operation report."""

from pathlib import Path

from writers.html import write_html
from writers.pdf import write_pdf

CONSENT = """
| St Aldreda's Hospital, Wexcombe | Patient agreement to investigation or treatment |
| Patient | Ms Tamsin Orrick, born 23 August 1984, hospital number H-331590 |
| Responsible surgeon | Miss Verity Lanthorpe, consultant general surgeon |
| Special needs | Interpreter not required. Reads large print. |
| Allergies | No known drug allergy. Sensitive to adhesive dressings (blisters). |
# 1. Name of the proposed procedure
Laparoscopic cholecystectomy (keyhole removal of the gallbladder) with X-ray of the bile ducts during the operation (cholangiogram) if needed, and conversion to an open operation if needed. The procedure will be done under general anaesthetic.
# 2. Statement of the health professional
I have explained the procedure to the patient. In particular I have explained:
## The intended benefits
To remove the gallbladder and its stones, to stop the attacks of pain, and to prevent inflammation of the gallbladder or pancreas in future.
## Significant, unavoidable or frequently occurring risks
| Risk | How often | What it would mean |
| Wound infection | about 3 in 100 | antibiotics, dressings |
| Conversion to an open operation | about 4 in 100 | larger scar, stay of 4 to 6 days |
| Stone left in the bile duct | about 2 in 100 | a further procedure by endoscope (ERCP) |
| Bile leak | about 1 in 100 | drain, longer stay, perhaps a stent |
| Injury to the bile duct | about 3 in 1,000 | major repair operation in another hospital |
| Injury to bowel or blood vessel | about 2 in 1,000 | open operation, transfusion |
| Blood clot in leg or lung | about 4 in 1,000 | blood-thinning treatment for three months |
| Death | fewer than 1 in 1,000 | |
About one patient in ten notices looser stools after a fatty meal for some months. Pain in the tip of the shoulder for a day or two is common and comes from the gas used.
## Alternatives discussed
Doing nothing, with a low-fat diet: about half of people with pain have another attack within a year. Dissolving the stones with tablets was discussed and not advised, as the stones are larger than 10 mm. Drainage of the gallbladder through the skin is not suitable, because there is no acute infection.
## Extra procedures which may become necessary
- Blood transfusion. The patient accepts transfusion if it is needed to save her life.
- Exploration of the bile duct, if the cholangiogram shows a stone.
- The patient does not agree to the removal of the appendix or of any other organ unless it is needed to save her life.
## What the procedure involves for her
The operation takes about 70 minutes. Most people go home on the same day. Off work for two weeks, or four weeks if the work involves lifting. No driving until an emergency stop can be done without pain, and never within 48 hours of a general anaesthetic.
The leaflet "Having your gallbladder removed", version 6, was given to the patient on 12 January 2026.
Signed: Mr Osric Tollan, specialty registrar. Date: 12 January 2026.
# 3. Statement of the patient
Please read this form carefully. You have the right to change your mind at any time, including after you have signed this form.
- I agree to the procedure described on this form.
- I understand that you cannot give me a guarantee that a particular person will perform the procedure. The person will, however, have appropriate experience.
- I understand that I shall have the opportunity to discuss the anaesthetic with an anaesthetist before the procedure.
- I understand that any procedure in addition to those described on this form will be carried out only if it is necessary to save my life or to prevent serious harm to my health.
- I have been asked whether I may be pregnant. The patient states that she is not; a test will be repeated on the day.
## Use of tissue, images and data
| Question | Answer of the patient |
| May tissue that is left over be kept for teaching? | Yes |
| May tissue that is left over be used for research? | No |
| May photographs of the operation be used for teaching, without my name? | Yes |
| May a student be present during the operation? | Yes |
| May a representative of an equipment maker be present? | No |
Signed: T. Orrick. Date: 12 January 2026.
# 4. Confirmation of consent on the day
On behalf of the team treating the patient I have confirmed with her that she has no further questions and wishes the procedure to go ahead. She asked about the size of the scars and this was answered. The pregnancy test today is negative. She last ate at 19:30 yesterday and last drank water at 05:45 today.
Signed: Miss Verity Lanthorpe, consultant. Date: 26 February 2026, 07:50.
# 5. Important notes
- There is no advance decision refusing treatment.
- The patient has not withdrawn consent.
- A copy of this form was accepted by the patient.
- Contact in an emergency: her partner, Mr Piran Sallow, telephone 01632 960288.
"""

OPERATION = """
St Aldreda's Hospital, Wexcombe. Department of General Surgery. Theatre 3.
| Item | Entry |
| Patient | Ms Tamsin Orrick, born 23 August 1984, hospital number H-331590 |
| Date of operation | 26 February 2026 |
| Operation | Laparoscopic cholecystectomy with intra-operative cholangiogram |
| Urgency | Elective |
| Surgeon | Miss Verity Lanthorpe |
| Assistant | Mr Osric Tollan |
| Anaesthetist | Dr Halvard Nesbit |
| Knife to skin | 08:52 |
| Closure complete | 10:21 |
| Wound class | Clean-contaminated |
# Indication
Four attacks of biliary colic since August 2025. Ultrasound scan on 3 December 2025 showed several gallstones, the largest 14 mm, a thin-walled gallbladder and a common bile duct of 7 mm. Bilirubin was 18 micromol/L and alkaline phosphatase 96 U/L before the operation. No pancreatitis.
# Anaesthetic and preparation
General anaesthetic with tracheal intubation. Cefuroxime 1.5 g was given intravenously at induction. Calf compression throughout. No urinary catheter. Chlorhexidine in alcohol to the skin. Silicone dressings were used because of her sensitivity to adhesive. The surgical checklist was completed at 08:40.
# Findings
- Gallbladder mildly thickened with adhesions of omentum to the fundus and body. No empyema, no perforation.
- Critical view of safety obtained at 09:24 and photographed.
- Cystic duct 4 mm wide, with one small stone that was milked back into the gallbladder.
- Cholangiogram: free flow into the duodenum, no filling defect, normal anatomy of both hepatic ducts.
- Liver smooth. Appendix, uterus and ovaries looked normal. A small umbilical hernia, 8 mm.
# Procedure
Open entry below the umbilicus through the hernia with a 12 mm port. Pneumoperitoneum to 12 mmHg. Three further 5 mm ports under direct vision. Adhesions divided with scissors. Calot's triangle dissected and both structures shown to enter the gallbladder. A cholangiogram was made through the cystic duct with 15 mL of dilute contrast.
The cystic duct was secured with two locking clips on the patient's side and one on the gallbladder side, and the cystic artery with titanium clips. The gallbladder was taken off the liver with diathermy. It was opened for about 5 mm near the fundus during this step, and a little bile and three stones were spilled; all three stones were retrieved and the field was washed with 1.5 litres of warm saline. The gallbladder was removed in a bag through the umbilical port.
Haemostasis was satisfactory. No drain was left. The hernia and the umbilical port were closed with size 1 absorbable suture on a J needle. Skin was closed with absorbable 4/0 suture. Twenty millilitres of levobupivacaine 0.5% were put into the wounds.
# Outcome
Conversion to an open operation was not necessary. Estimated blood loss was 30 mL. Swabs, needles and instruments were counted twice and correct. No transfusion. There were no immediate complications apart from the spillage described.
# Specimen
Gallbladder with stones, sent in formalin for histology, request number HS-26-01877.
# Instructions after the operation
- Fluids at once, light food when wanted. Home today if comfortable and passing urine, with an adult for the first 24 hours.
- Paracetamol 1 g four times a day and ibuprofen 400 mg three times a day for five days. Oral morphine 10 mg only in recovery.
- No further antibiotic is needed.
- Enoxaparin 40 mg once, at 18:00, if she stays overnight; none if she goes home.
- Dressings off after five days. No stitches to be removed.
- No routine clinic appointment. The histology will be reviewed by Miss Lanthorpe and the result sent by letter.
- To return at once with fever, jaundice, or pain that is getting worse.
Dictated by Miss Verity Lanthorpe, 26 February 2026, 11:05.
"""


def consent_form(path: Path) -> None:
    """Write the consent form."""
    write_pdf(
        path,
        title="Consent Form: Laparoscopic Cholecystectomy",
        author="St Aldreda's Hospital, General Surgery",
        header="Tamsin Orrick · born 23 August 1984 · H-331590",
        footer="St Aldreda's Hospital · consent form 1 · original for the case notes",
        markup=CONSENT,
    )


def operation_report(path: Path) -> None:
    """Write the operation report."""
    write_html(
        path,
        title="Operation report: Ms Tamsin Orrick",
        author="St Aldreda's Hospital, General Surgery",
        markup=OPERATION,
    )
