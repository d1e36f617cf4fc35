"""How staff ask about a patient."""

from __future__ import annotations

from training.world.sides import Pool

# fmt: off

DOSE_NOW = Pool("what dose of {drug} is {she} on now", "{who} current {drug} dose",
    "How much {drug} does {who} take at the moment?", "{drug} dose now?", "present dose {drug} {who}",
    "What is the current dose of {drug}?", "{who} {drug} strength these days",
    "How many mg of {drug} now?", "latest {drug} dose please", "what does {who} take of {drug} today",
    "Which dose of {drug} is {who} on currently?", "{drug} - up to date dose",
    "how much {drug} is {she} still taking", "the {drug} dose as it stands")
DOSE_AT_DISCHARGE = Pool("{drug} dose on discharge", "What dose of {drug} did {who} go home on?",
    "how much {drug} at discharge", "{who} discharged on what dose of {drug}",
    "Which strength of {drug} was on the discharge letter?", "{drug} when {she} left hospital?",
    "dose of {drug} {who} was sent home with", "On discharge, how much {drug} was {who} taking?",
    "discharge dose {drug}")
DOSE_BEFORE = Pool("{drug} dose before admission", "What dose of {drug} was {who} on before {day}?",
    "how much {drug} did {who} take prior to {day}", "old {drug} dose, before {day}",
    "Before {day}, what was the dose of {drug}?", "{who} {drug} before {day}", "{drug}: dose up to {day}",
    "previous {drug} dose (until {day})", "What was {who} taking of {drug} before {day}?")
DOSE_ON = Pool("{drug} dose on {day}", "What dose of {drug} was {who} taking on {day}?",
    "how much {drug} as of {day}", "{who} {drug} {day}", "On {day}, what was {her} {drug} dose?",
    "dose of {drug} at {day}", "which {drug} dose applied on {day}", "{day}: {drug} strength?",
    "what {drug} did {she} take on {day}")
CHANGED_WHEN = Pool("when was {drug} changed", "On what date was {who}'s {drug} dose changed?",
    "date of {drug} change", "when did they alter the {drug}",
    "When was the dose of {drug} last adjusted?", "{drug} dose change - date?",
    "which visit changed the {drug} dose, date please",
    "since when has {who} been on the new {drug} dose", "what day was {drug} altered")
STOPPED_WHICH = Pool("which medicine did {who} stop", "What was stopped?", "{who} stopped drug",
    "Which drug was discontinued for {who}?", "what has {she} been taken off",
    "name of the stopped medicine", "Which tablet was withdrawn?", "what did they stop giving {who}",
    "discontinued medication {who}?")
STOPPED_WHY = Pool("why was {drug} stopped", "What was the reason for stopping {drug}?",
    "{drug} stopped because of?", "reason {drug} discontinued", "why did they take {who} off {drug}",
    "Why is {who} no longer on {drug}?", "{drug} withdrawn - why", "what went wrong with {drug}",
    "for what reason did {drug} end")
STARTED_FOR = Pool("what is {drug} for", "Why does {who} take {drug}?", "{drug} indication",
    "reason for {drug}?", "For what condition is {who} on {drug}?", "why is {she} on {drug}",
    "{who} - {drug} given for what", "purpose of {drug}", "what was {drug} prescribed for")
MEDICINES_AT_DISCHARGE = Pool("medicines on discharge {who}", "What medicines did {who} go home with?",
    "discharge meds", "List all the drugs on the discharge letter.", "TTO list for {who}",
    "which tablets did {she} take home", "Which medication was {who} discharged on?",
    "everything {who} was prescribed at discharge", "all discharge medication please")
MEDICINES_COUNT = Pool("how many medicines did {who} go home with", "number of drugs at discharge",
    "How many different medicines are on the discharge letter?", "count of discharge meds {who}",
    "On how many medicines was {who} discharged?", "how many tablets are on the discharge list",
    "total drugs at discharge?", "how many items on the TTO", "How many drugs was {who} sent home with?")
FREQUENCY = Pool("how often does {who} take {drug}", "How many times a day is {drug} given?",
    "{drug} frequency", "when is {drug} taken", "{who} {drug} how often", "timing of {drug}?",
    "At what times does {who} have {drug}?", "{drug} once or twice a day",
    "what are the directions for {drug}")
KIND_OF_DRUG = Pool("which {kind} is {who} on", "What {kind} does {who} take?", "{who} {kind} name",
    "name of {her} {kind}", "{kind} - which one", "Which {kind} was {who} given?",
    "what is the {kind} called that {she} takes", "is there a {kind}, and which", "{kind} of {who}?")
KIND_AND_DOSE = Pool("how much of the {kind} now", "What is the dose of {her} {kind} at present?",
    "{who} {kind} dose", "{kind}: current dose?", "current strength of {who}'s {kind}",
    "how strong is the {kind} {she} takes", "{kind} how many mg now", "dose of the {kind} please",
    "What dose of {kind} is {who} on now?")
ALLERGIC_TO = Pool("is {who} allergic to {allergen}", "Can {who} have {allergen}?",
    "Is there an allergy to {allergen}?", "{allergen} allergy {who}?",
    "Does {who} have an allergy to {allergen}?", "allergic to {allergen}?",
    "does {she} react to {allergen}", "Is {she} allergic to {allergen}, yes or no?",
    "any {allergen} allergy in {who}")
ALLERGIES = Pool("allergies {who}?", "What is {who} allergic to?", "any allergies", "{who} drug allergy",
    "Which allergies are recorded for {who}?", "what must {she} not be given", "allergy status of {who}",
    "known allergies?", "list {who}'s allergies")
REACTION = Pool("what happens when {who} gets {allergen}", "What reaction did {who} have to {allergen}?",
    "{allergen} reaction?", "type of allergic reaction to {allergen}",
    "how did {she} react to {allergen}", "reaction to {allergen} {who}", "What did {allergen} cause?",
    "describe the {allergen} reaction", "{who}: {allergen} leads to?")
HAS = Pool("does {who} have {condition}", "Has {who} ever had {condition}?", "{condition}?",
    "is there any {condition} in {who}", "{who} {condition} yes or no",
    "Is {who} known to have {condition}?", "history of {condition}?",
    "Does {she} suffer from {condition}?", "any {condition}")
WHO_HAS = Pool("who in the family has {condition}", "Which relative has {condition}?",
    "{condition} in the family - who?", "family member with {condition}",
    "Who of {who}'s family had {condition}?", "whose {condition} is mentioned",
    "which of {her} relatives suffers from {condition}", "Family history of {condition}: who?",
    "who is it that has {condition}")
ROLE = Pool("who is {who}'s {role}", "Name of the {role}?", "{role} {who}", "Who was the {role}?",
    "which {role} looked after {who}", "{role} name please", "what's the name of {her} {role}",
    "Who acted as {role} for {who}?", "who is the {role}")
BORN = Pool("{who} date of birth", "When was {who} born?", "dob {who}", "birthday of {plain}",
    "What is {plain}'s date of birth?", "{plain} born when", "DOB?", "on what day was {plain} born",
    "date of birth {plain}")
NUMBER = Pool("hospital number {plain}", "What is {plain}'s hospital number?", "{who} MRN",
    "record number of {plain}?", "unit number for {plain}", "Which hospital number does {plain} have?",
    "{plain} number", "patient number of {plain}", "hosp no {plain}")
KIN_PHONE = Pool("phone number of {who}'s {kin_is}", "How can we reach {kin}?", "{kin_is} phone",
    "next of kin number", "What is the telephone number of {her} {kin_is}?", "number for {kin}",
    "tel {kin_is} {who}", "contact number next of kin {who}?", "how do I ring the {kin_is}")
ADMITTED_WHEN = Pool("when was {who} admitted", "Date of admission?", "admission date {who}",
    "On what day did {who} come into hospital?", "{who} came in when",
    "When did the hospital stay begin?", "day of admission {plain}", "since when was {she} in hospital",
    "doa {who}")
STAY = Pool("how long was {who} in hospital", "How many days did {who} stay?",
    "length of stay {who} in days", "number of days from admission to discharge",
    "How many days lie between admission and discharge?", "LOS {who}", "days in hospital?",
    "for how many days was {she} an inpatient", "duration of the admission in days")
BETWEEN_VISITS = Pool("how many days from discharge to the clinic visit on {day}",
    "Days between discharge and {day}?", "how long after discharge was the visit of {day}, in days",
    "number of days discharge - {day}", "How many days after going home was {who} seen on {day}?",
    "interval discharge to clinic ({day}) in days", "days since discharge on {day}",
    "gap in days: discharge, then clinic {day}",
    "count the days between discharge and the appointment of {day}")
WHY_ADMITTED = Pool("why was {who} admitted", "What brought {who} into hospital?", "reason for admission",
    "{who} came in with what", "what was the presenting complaint",
    "Why did {who} come to hospital on {day}?", "cause of admission {who}?", "what happened to {who}",
    "why is {she} in")
FOLLOW_UP_WHEN = Pool("when is {who} to be seen after discharge",
    "Follow-up date in the discharge letter?", "next appointment after discharge",
    "{who} OPA date after leaving", "When does {who} come back to the {clinic}?",
    "date of follow up {clinic}", "{clinic} appointment when", "when is the {clinic} visit",
    "what day is {who} due in the {clinic}")
COMPARE_LISTS = Pool("{drug}: compare the dose on the list of {day} with the one of {other}",
    "How does the {drug} dose differ between the medication lists of {day} and {other}?",
    "{drug} {day} vs {other}", "old and new list: {drug} dose ({day}, {other})",
    "What changed for {drug} from the list of {day} to that of {other}?",
    "difference in {drug} between lists dated {day} and {other}",
    "{drug} then ({day}) and later ({other})?", "compare lists {day} / {other} for {drug}",
    "which doses of {drug} are on the two lists, {day} and {other}")
APPOINTMENTS_IN = Pool("appointments in {month}", "Which appointments does {who} have in {month}?",
    "list the visits in {month}", "{who} {month} bookings", "What is booked for {month}?",
    "all clinic dates in {month}", "when are the appointments in {month}",
    "Which days in {month} does {who} have an appointment?", "diary {month}")
APPOINTMENTS_COUNT = Pool("how many appointments in {month}", "Number of visits booked in {month}?",
    "How many appointments did {who} have in {month}?", "count appointments {month}",
    "{month}: how many visits", "total bookings {month}", "how often was {who} booked in {month}",
    "How many clinic visits fall in {month}?", "appointments {month} - number")
APPOINTMENT_WITH = Pool("who does {who} see on {day}", "With whom is the appointment on {day}?",
    "{day} appointment with who", "Who was the clinician on {day}?", "appointment {day} - seen by?",
    "name of the clinician for {day}", "who had the slot on {day}",
    "Whom did {who} have an appointment with on {day}?", "{day}: which member of staff")
APPOINTMENT_TIME = Pool("what time is the appointment on {day}",
    "At what time is {who} expected on {day}?", "{day} appointment time", "time of visit {day}?",
    "when on {day} is the clinic", "what time on {day}", "Which time was booked for {day}?",
    "{who} {day} at what time", "hour of the {day} appointment")
MOVED_TO = Pool("when is the {clinic} appointment now", "New date for the {clinic}?",
    "{clinic} appointment moved to when", "On what day is {who} now expected in the {clinic}?",
    "what is the current date for the {clinic} visit", "{clinic} new date",
    "To which day was the {clinic} visit moved?", "the {clinic} is when now", "{who} {clinic} date?")
NEVER_SAID = Pool("what is {who}'s blood group", "Does {who} have a pacemaker?",
    "{who} national insurance number", "what religion is {she}", "Who holds power of attorney for {who}?",
    "shoe size of {who}", "What was the result of {her} colonoscopy?", "which school did {she} go to",
    "When did {who} have {her} flu jab?", "lasting power of attorney?",
    "what did the MRI of the knee show", "does {she} drive a car")
OF_A_STRANGER = Pool("what dose of {drug} is {plain} on", "How much {drug} does {full} take?",
    "{who} {drug} dose", "dose of {drug} for {full}?", "{plain} {drug} how many mg",
    "current {drug} dose of {plain}", "Which strength of {drug} was {who} given?",
    "how often does {plain} take {drug}", "when was {drug} started for {full}")
NOT_TAKEN = Pool("what dose of {drug} is {who} on", "How much {drug} does {who} take?",
    "{who} {drug} dose", "dose of {drug}?", "{drug} how many mg", "current {drug} dose of {plain}",
    "Which strength of {drug} was {who} given?", "how often is {drug} taken", "when was {drug} started")
VAGUE_HOME = Pool("anything to watch out for with {who}'s medicines", "what about {her} pills",
    "how is {she} doing on the tablets", "did they change anything", "what's new with {who}",
    "anything new in {her} treatment", "problem with a tablet?", "tell me about the medication change",
    "was something stopped")
FOLLOW_WHO = Pool("and who is the {role}?", "And the {role}?", "what about the {role}", "the {role}?",
    "and {her} {role}", "who was the {role} then", "and the name of the {role}", "Which {role}?",
    "{role} as well?")
FOLLOW_DRUG = Pool("and {drug}?", "What about {drug}?", "and how much {drug}", "same for {drug}",
    "and the dose of {drug}?", "{drug} too?", "now {drug}", "And of {drug}?", "what of {drug}")
FOLLOW_WHY = Pool("why?", "And why was that?", "what was the reason", "for what reason",
    "Why did they do that?", "because of what?", "reason?", "and why", "what made them do it")
FOLLOW_NAMESAKE = Pool("and {plain}?", "What about {plain}?", "and for {plain}",
    "same question for {plain}", "and what about {full}", "{plain}?", "And {full}?", "now {plain} please",
    "how about {plain}")
GERMAN_FRENCH = {"dose": Pool("Wie viel {drug} nimmt {who} jetzt?",
    "Quelle est la dose actuelle de {drug} ?", "Welche Dosis {drug} bekommt {who} zurzeit?",
    "Combien de {drug} prend {who} maintenant ?", "Aktuelle Dosis von {drug}?",
    "Dose de {drug} en ce moment ?"), "born": Pool("Wann ist {plain} geboren?",
    "Quelle est la date de naissance de {plain} ?", "Geburtsdatum {plain}", "Quand est né(e) {plain} ?",
    "An welchem Tag wurde {plain} geboren?", "Date de naissance {plain}"),
    "allergy": Pool("Wogegen ist {who} allergisch?", "À quoi réagit {who} ?",
        "Welche Allergien hat {who}?", "Quelles allergies a {who} ?", "Allergien von {who}?",
        "Allergies connues de {who} ?"), "admitted": Pool("Wann wurde {who} aufgenommen?",
        "Quand a-t-on hospitalisé {who} ?", "Aufnahmedatum von {who}?", "Date d'admission de {who} ?",
        "An welchem Tag kam {who} ins Krankenhaus?", "Quel jour {who} est entré(e) à l'hôpital ?"), }
