"""Sentences of letters and notes on patients, in several wordings each."""

from __future__ import annotations

from training.world.sides import Pool

# fmt: off

ADMITTED = Pool("{full} was admitted on {admitted} with {why}.",
    "This {woman} came in on {admitted} because of {why}.", "Admission on {admitted} for {why}.",
    "{She} was brought to the emergency department on {admitted} with {why}.",
    "Thank you for referring {full}, whom we took in on {admitted} with {why}.",
    "On {admitted} {who} presented with {why} and was admitted.")
COMPLAINTS = Pool("a fall at home", "breathlessness and swollen legs", "a productive cough and fever",
    "chest pain at rest", "vomiting and dehydration", "increasing confusion", "a hot swollen knee",
    "palpitations and dizziness", "abdominal pain", "weakness of the left arm", "a urinary infection",
    "blood in the stool")
DISCHARGED = Pool("{She} went home on {discharged}.", "Discharge took place on {discharged}.",
    "{who} left the ward on {discharged}.", "We let {herself} go home on {discharged} in good spirits.",
    "{Her} discharge was on {discharged}.", "{She} was discharged on {discharged} to {her} own home.")
ALLERGY = Pool("{She} is allergic to {allergen}, which caused {reaction}.",
    "Allergy: {allergen} ({reaction}).", "{who} must not have {allergen}: it has caused {reaction}.",
    "Known reaction to {allergen}: {reaction}.",
    "{She} reports {reaction} after {allergen} and is recorded as allergic to it.",
    "Please note an allergy to {allergen} with {reaction}.")
NO_ALLERGY = Pool("No known drug allergies.", "NKDA.", "{who} has no known allergies.",
    "Allergies: none known.", "{She} is not aware of any allergy to medicines.",
    "There are no drug allergies on record for {herself}.")
RELATIVE_ALLERGY = Pool("{Her} {relation} is allergic to {allergen}.",
    "{Her} {relation}, {relative}, cannot take {allergen}.",
    "Of note, {her} {relation} reacted to {allergen} years ago.",
    "There is an allergy to {allergen} in {her} {relation}.",
    "Family: {her} {relation} has had a bad reaction to {allergen}.",
    "{Her} {relation} once collapsed after {allergen}.")
DENIED = Pool("{She} has never had {condition}.", "No history of {condition}.",
    "{who} denies {condition}.", "There is no {condition}.", "{She} does not suffer from {condition}.",
    "We found nothing to suggest {condition}.", "No {condition} to date.", "{condition} was ruled out.",
    "Negative for {condition}.")
PRESENT = Pool("{She} has {condition}.", "Past medical history: {condition}.",
    "{who} is known to have {condition}.", "{condition} was diagnosed some years ago.",
    "Background of {condition}.", "{She} lives with {condition}.")
RELATIVE_CONDITION = Pool("{Her} {relation} has {condition}.",
    "Family history: {relation} with {condition}.",
    "{condition} runs in the family: {her} {relation} has it.",
    "{Her} {relation} was treated for {condition}.", "There is {condition} in {her} {relation}.",
    "{Her} late {relation} suffered from {condition}.")
CHANGED = Pool("{drug} was {moved} from {old} to {new} {often}.",
    "We {moved} {drug} from {old} to {new} {often}.",
    "{Her} dose of {drug} is now {new} {often}; it was {old}.",
    "The {drug} has been {moved} to {new} {often} (previously {old}).",
    "{drug} {moved}: {new} {often} instead of {old}.",
    "From today {she} takes {new} of {drug} {often} rather than {old}.")
STOPPED = Pool("{drug} was stopped because of {why}.", "We have discontinued {drug} on account of {why}.",
    "{She} no longer takes {drug}, which had led to {why}.", "{drug} has been withdrawn owing to {why}.",
    "Because of {why}, {drug} {old} came to an end.", "We took {herself} off {drug} after {why}.")
STARTED = Pool("{drug} {new} {often} was begun for {reason}.",
    "We started {herself} on {drug} {new} {often} for {reason}.", "New: {drug} {new} {often} ({reason}).",
    "For {reason} {she} now receives {drug} {new} {often}.",
    "{drug} was added at {new} {often} in view of {reason}.",
    "I have commenced {drug} {new} {often} for {reason}.")
CONTINUES = Pool("{drug} {dose} {often} goes on as before.", "{drug} remains at {dose} {often}.",
    "No change to {drug}, {dose} {often}.", "{She} continues {drug} {dose} {often}.",
    "{drug} stays as it is: {dose} {often}.", "Unaltered: {drug} {dose} {often}.")
PLANNED = Pool("Should the symptoms return, {drug} could be raised to {planned}.",
    "If it is well tolerated, we plan to go up to {drug} {planned}.",
    "An increase of {drug} to {planned} may be considered next time.",
    "We discussed {planned} of {drug} but decided to wait.", "{drug} {planned} is an option if needed.",
    "I would consider {planned} of {drug} in the new year.")
NAMESAKE_DOSE = Pool("{who} takes {drug} {dose} {often}.", "{She} is on {drug} {dose} {often}.",
    "Current treatment: {drug} {dose} {often}.", "{drug} {dose} {often} suits {herself} well.",
    "{Her} regular medicine is {drug} {dose} {often}.", "At present {she} has {drug} {dose} {often}.")
SEEN = Pool("I saw {full} in clinic on {day}.", "It was a pleasure to review {full} on {day}.",
    "{who} attended on {day}.", "Clinic visit of {day}: {full}.",
    "Today, {day}, {full} came with {her} {kin}.", "Thank you for sending {full}, seen on {day}.")
FOLLOW_UP = Pool("We shall see {herself} again on {day} at {time} in the {clinic}.",
    "Next appointment: {day}, {time}, {clinic}.",
    "{She} has been booked into the {clinic} for {day} at {time}.",
    "Follow-up is in the {clinic} on {day} at {time}.",
    "Please remind {herself} of {day}, {time}, when {she} is expected in the {clinic}.",
    "A visit to the {clinic} is arranged: {day} at {time}.")
CLINICS = Pool("cardiology clinic", "falls clinic", "renal clinic", "chest clinic", "memory clinic",
    "diabetes clinic", "rheumatology clinic", "anticoagulation clinic", "wound clinic", "eye clinic",
    "hearing clinic", "pain clinic")
NOISE = Pool("Thank you for your continued care.", "A copy of this letter goes to the patient.",
    "Please do not hesitate to contact my secretary with any questions.",
    "The family were present and had their questions answered.", "Mobility is with a frame indoors.",
    "The skin was intact and pressure areas were clean.", "Sleep and appetite were described as fair.",
    "The chest was clear and the heart sounds were normal.", "Care continues four times a day.",
    "The flat is on the second floor with a lift.",
    "Smoking stopped many years ago; alcohol is taken on feast days only.",
    "The discharge lounge was used for two hours.", "The examination was otherwise unremarkable.",
    "A dosette box is filled weekly by the chemist.", "Advice on diet and fluids was given.",
    "Transport was booked through the usual desk.", "The results of outstanding tests will follow.",
    "We talked at some length about what matters to the patient.")
FOOTERS = Pool("This letter was dictated and sent without signature to avoid delay.",
    "Private and confidential. If found, please return to the ward.",
    "Typed by the medical secretaries; checked electronically.",
    "Please use the reference above in all correspondence.",
    "Page layout approved by the records committee, form MR 12.", "The hospital is a smoke-free site.",
    "Electronic copy; valid without stamp.", "Do not file in the nursing folder.",
    "Printed from the clinical portal.")
