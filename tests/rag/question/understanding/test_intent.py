"""What kind of answer a question asks for, by its form."""

import pytest

from rag.question.understanding.intent import intent_of
from rag.question.understanding.understood import Intent
from rag.question.understanding.wanted import wanted_of
from rag.question.wanted import Wanted

FORMS = """
fact        | amount     | What was Imogen Hartwell's potassium on 3 March 2025?
fact        | amount     | potassium hartwell 3.3.?
fact        | amount     | creatinine on the day of discharge
fact        | date       | when was the lease signed
fact        | date       | Until when must the notice be given?
fact        | date       | Fielding missed his slot - new date?
fact        | date       | What is Mrs Hartwell's date of birth?
fact        | date       | dob of Hartwell?
fact        | date       | In which year did the guarantor retire?
fact        | money      | How much rent did the tenant pay in 2022?
fact        | money      | current annual rent for Suite 9
fact        | money      | what does a night in the annexe cost
fact        | money      | How much is the deposit?
fact        | dose       | What dose of bisoprolol does she take?
fact        | dose       | how much apixaban is Mr Fielding on at the moment
fact        | dose       | how many mg of prednisolone per day
fact        | dose       | how many tablets in the morning
fact        | duration   | How long is the notice period?
fact        | duration   | What notice period applies?
fact        | duration   | How many days' notice must the landlord give?
fact        | duration   | For how long should the splint be worn?
fact        | duration   | How many weeks does she have to wear the collar?
fact        | person     | who operated on Hartwell's knee
fact        | person     | name of Mr Fielding's dietitian
fact        | person     | Which consultant saw her in clinic?
fact        | person     | Whose signature is on the deed?
fact        | person     | What is the insurer?
fact        | anything   | What is the patient's allergy?
fact        | anything   | What was the client's complaint?
fact        | person     | Which patient has the # NOF and which side?
fact        | person     | Who had the operation cancelled?
fact        | place      | Where does Mr Fielding live?
fact        | place      | Which ward was she moved to?
fact        | place      | What is the address of the insurer?
fact        | medicine   | Which antibiotic was given before the operation?
fact        | medicine   | Which medicine did she stop?
fact        | medicine   | what water tablet is he on
fact        | identifier | hospital no of the Hartwell lady?
fact        | identifier | phone number of the physio
fact        | identifier | What is the invoice number?
fact        | identifier | Bramwell's reference please
fact        | identifier | delivery note number for SO-7781?
fact        | identifier | Aldgate Fabrics company number
fact        | identifier | NHS number of Fielding
fact        | anything   | What does 6.1 of procedure 9 say?
fact        | anything   | protocol 2.7(c)?
fact        | anything   | Why was it stopped?
fact        | anything   | how should spills be reported
fact        | amount     | how often should the INR be checked
fact        | amount     | how many times a day does he take it
fact        | amount     | How old is she?
fact        | amount     | what is his ejection fraction
fact        | amount     | Hartwell Hb 29/01/25
fact        | anything   | What happens if the rent is late?
fact        | anything   | What was decided about the ramp?
fact        | dose       | What is the maximum dose of paracetamol?
fact        | duration   | minimum notice period
fact        | anything   | What do we do under 8.2 of the fasting protocol?
yes_no      | yes_no     | is he diabetic
yes_no      | yes_no     | Is Mrs Hartwell still on warfarin?
yes_no      | yes_no     | does she have a pacemaker
yes_no      | yes_no     | any known allergies?
yes_no      | yes_no     | Any invoices unpaid?
yes_no      | yes_no     | still on metformin?
yes_no      | yes_no     | allergic to latex?
yes_no      | yes_no     | Hartwell still smoking?
yes_no      | yes_no     | Can the landlord end the lease early?
yes_no      | yes_no     | Could you tell me whether she is allergic to nuts?
yes_no      | yes_no     | Has the rent changed over time?
yes_no      | yes_no     | Did the last INR lie in range?
yes_no      | yes_no     | And is she allowed to drive?
yes_no      | yes_no     | Mr Fielding: is he taking aspirin?
yes_no      | yes_no     | the tenant may sublet, right?
yes_no      | yes_no     | Isn't the deposit refundable?
list        | medicine   | list all medicines
list        | medicine   | medicines on discharge?
list        | medicine   | Which medicines were new on Hartwell's discharge?
list        | medicine   | which of her tablets were stopped
list        | anything   | allergies?
list        | anything   | Allergies Imogen Hartwell bed 4?
list        | date       | On which dates was the INR below target?
list        | anything   | Which services does Schedule 3 list?
list        | anything   | On what grounds does the tenant object?
list        | person     | who are the parties
list        | anything   | What side effects did he have?
list        | anything   | All invoices over 1,000 pounds
list        | anything   | name the obligations of the supplier
list        | anything   | Please list every unpaid invoice
list        | anything   | Can you list the complications?
list        | person     | Which people attended the meeting?
list        | anything   | What are the conditions for renewal?
list        | anything   | what else did the audit find
count       | amount     | How many homes are in Schedule B?
count       | amount     | number of invoices from Aldgate
count       | amount     | how many times has the lease been varied?
count       | amount     | How many blood tests are there for Hartwell in the list?
count       | amount     | how often was she admitted last year
count       | amount     | count the open claims
count       | amount     | How many INR checks did Mr Fielding have in 2025?
latest      | amount     | What was her last sodium?
latest      | amount     | latest INR
latest      | amount     | Fielding's last INR before 22 July
latest      | amount     | most recent weight of Hartwell
latest      | amount     | What was the eGFR at the check before October 2025?
latest      | date       | When did she last see the dentist?
latest      | amount     | last creatinine before she came in at the end of March?
latest      | money      | What was the rent as of 1 May 2023?
earliest    | amount     | What was his first HbA1c?
earliest    | date       | When was insulin first given?
earliest    | amount     | her weight at the next visit after 3 May
fact        | anything   | What is her last name?
fact        | anything   | What was discussed last week?
fact        | anything   | What does the first deed of variation say?
highest     | amount     | Hartwell - highest INR and why?
highest     | person     | Who had the higher potassium on 2 May, Hartwell or Hartnell?
highest     | amount     | peak CRP?
highest     | person     | Which supplier quoted the largest fee?
highest     | amount     | What was the maximum creatinine?
lowest      | person     | Who had the lower HbA1c at the last check, Fielding or Ives?
lowest      | amount     | lowest sodium in March
lowest      | money      | the cheapest price offered
average     | amount     | average potassium in May
average     | amount     | What is the mean of the readings?
sum         | amount     | total of the invoices
sum         | amount     | How many beds are there in all the homes together?
sum         | money      | How much did Aldgate pay in total?
sum         | money      | add up the credit notes
sum         | money      | what is the total amount invoiced in 2024
fact        | amount     | What was her total cholesterol?
difference  | amount     | kilos lost by Fielding Jan to Oct 2025?
difference  | amount     | by how much did her haemoglobin rise from 18 Sept to 8 Oct?
difference  | amount     | How many kilos did she lose between arrival and discharge?
difference  | amount     | how much dearer was Aldgate?
difference  | money      | invoice 5521 gross less the credit note - what is left?
difference  | amount     | How much has the creatinine fallen since May?
duration    | duration   | how many days from the operation to discharge for Mrs Hartwell
duration    | duration   | How many weeks between the 5 August and 16 September checks?
duration    | duration   | How many nights was she in hospital?
duration    | duration   | How many days after it was received was 5431 paid?
duration    | duration   | how long was he in hospital
duration    | duration   | length of stay?
over_time   | amount     | How has her weight changed?
over_time   | amount     | potassium over the last week
over_time   | amount     | INR trend of Mr Fielding
over_time   | money      | How did the rent develop between 2019 and 2024?
comparison  | anything   | what changed between version 2 and version 3
comparison  | anything   | Compare the two leases
comparison  | anything   | What is the difference between the first and the second deed?
comparison  | anything   | how do the two quotes differ
comparison  | anything   | Aldgate's offer versus Bramwell's
definition  | anything   | define 'Quarter Days'
definition  | anything   | What does TTR mean?
definition  | anything   | What is meant by Permitted Use?
definition  | anything   | What does LDs stand for in the note of 19 March?
definition  | anything   | How is "Service Charge" defined?
summary     | anything   | summarise the letter
summary     | anything   | Give me a summary of the discharge letter
summary     | anything   | please sum up the agreement
summary     | anything   | What is the e-mail about?
"""
CASES = [tuple(part.strip() for part in line.split("|", 2)) for line in FORMS.strip().splitlines()]


@pytest.mark.parametrize(("intent", "wanted", "question"), CASES, ids=[case[2] for case in CASES])
def test_the_form_of_a_question_tells_its_intent_and_what_it_wants(
    intent: str, wanted: str, question: str
) -> None:
    found = intent_of(question)
    assert (found, wanted_of(question, found)) == (Intent(intent), Wanted(wanted))
