"""How staff ask about a ward."""

from __future__ import annotations

from training.world.sides import Pool

# fmt: off

BED_NOW = Pool("which bed is {who} in", "What bed is {who} in now?", "{who} bed?", "bed number of {who}",
    "Where is {who} lying at the moment?", "current bed {who}", "{who} - which bed now",
    "In which bed do I find {who}?", "bed {who} today")
BED_ON = Pool("which bed was {who} in on {day}", "In which bed was {who} on {day}?", "{who} bed {day}",
    "bed of {who} as of {day}", "On {day}, what was {who}'s bed?", "{day} bed number {who}",
    "where did {who} lie on {day}", "Which bed did {who} have on {day}?", "bed {who}, handover of {day}")
IN_BED = Pool("who is in bed {bed} on {day}", "Which patient was in bed {bed} on {day}?",
    "bed {bed} {day} who", "name of the patient in bed {bed}, {day}", "Who occupied bed {bed} on {day}?",
    "{day}: patient in {bed}?", "bed {bed} belongs to whom on {day}", "On {day}, who lay in bed {bed}?",
    "patient bed {bed} handover {day}")
DIET = Pool("diet {who} on {day}", "What diet was {who} on on {day}?", "what may {who} eat ({day})",
    "{who} {day} diet", "Which diet is noted for {who} on {day}?", "food for {who} on {day}?",
    "{day} {who} eating what", "What is {who}'s diet according to the handover of {day}?",
    "nutrition {who} {day}")
PLAN = Pool("plan for {who} on {day}", "What is to be done for {who} on {day}?", "{who} jobs {day}",
    "to do {who} {day}", "What was planned for {who} on {day}?", "{day} {who} outstanding",
    "what's next for {who} ({day})", "Which plan does the handover of {day} give for {who}?",
    "{who}: task on {day}")
DIAGNOSIS = Pool("why is {who} here", "What is {who}'s diagnosis?", "{who} diagnosis",
    "main problem {who}", "What was {who} admitted with?", "{who} came in with?", "dx {who}",
    "For what is {who} being treated?", "reason for {who}'s stay")
ALLERGY = Pool("{who} allergies", "What is {who} allergic to?", "allergy {who}?",
    "what must {who} not have", "Which allergy is recorded for {who}?", "{who} allergic to what",
    "any allergy for {who}", "Does {who} have an allergy, and to what?", "alerts {who}")
DOSE = Pool("{drug} dose {who}", "How much {drug} does {who} get?", "{who} {drug} how much",
    "dose of {drug} for {who}", "What dose of {drug} is {who} given?", "{who}'s {drug}: dose?",
    "how many mg of {drug} for {who}", "What is the dose of {who}'s {drug}?", "{drug} for {who}, amount")
DRUG = Pool("what does {who} get on the round", "Which medicine does {who} receive?", "{who} drug",
    "medicine for {who}?", "What is {who} given on the drug round?", "name of {who}'s medicine",
    "{who} gets which tablet", "Which drug is listed for {who}?", "drug {who}")
BLOOD = Pool("{who} {what} {day}", "What was {who}'s {what} on {day}?", "{what} of {who} on {day}",
    "{day} {what} {who}", "How high was the {what} of {who} on {day}?", "{what} {day} for {who}?",
    "result {what} {who} {day}", "On {day}, what {what} did {who} have?", "{who}: {what}, {day}")
BLOOD_LAST = Pool("latest {what} {who}", "What is {who}'s most recent {what}?", "last {what} of {who}",
    "newest {what} for {who}", "What was the last {what} of {who}?", "{who} current {what}",
    "most recent {what} {who}", "How is {who}'s {what} now?", "{what} {who} last one")
BLOOD_COUNT = Pool("how many blood tests does {who} have in the list",
    "How often was blood taken from {who}?", "number of results for {who}", "count of {who}'s bloods",
    "How many sets of results are there for {who}?", "{who} bloods: how many",
    "how many times was {who} bled", "How many rows are there for {who} in the results?",
    "total blood tests {who}")
HIGHEST = Pool("who had the highest {what} on {day}", "Which patient had the highest {what} on {day}?",
    "{day} highest {what} who", "top {what} of {day}, name", "On {day}, whose {what} was highest?",
    "max {what} {day} - patient?", "patient with the greatest {what} on {day}",
    "Who of all had the highest {what} on {day}?", "worst {what} {day} belongs to")
COMPARED = Pool("who had the higher {what} on {day}, {who} or {other}",
    "Which of {who} and {other} had the higher {what} on {day}?", "{what} {day}: {who} vs {other}",
    "compare {what} of {who} and {other} on {day}",
    "On {day}, was the {what} higher in {who} or in {other}?",
    "{who} / {other} {what} {day}, which is higher", "{day} {what} {who} against {other}",
    "Whose {what} was higher on {day}: {who}'s or {other}'s?", "higher {what}, {who} or {other} ({day})")
SHIFT = Pool("who is in charge on the {shift} of {day}", "Who has the {shift} shift on {day}?",
    "{day} {shift} who", "{shift} nurse {day}", "Which nurse is on the {shift} shift of {day}?",
    "name for {shift}, {day}", "who does {shift} on {day}", "Who works {shift} on {day}?",
    "rota {day} {shift}")
SHIFT_COUNT = Pool("how many night shifts does {staff} have", "Number of {staff}'s nights on the rota?",
    "count nights {staff}", "How many nights is {staff} down for?", "{staff} nights: how many",
    "nights worked by {staff}", "how often is {staff} on nights",
    "How many times does {staff} have the night shift?", "total nights {staff}")
SHIFT_LIST = Pool("on which days does {staff} work nights", "List the nights of {staff}.",
    "{staff} night dates", "dates of {staff}'s night shifts", "Which nights does {staff} have?",
    "all nights {staff}", "when is {staff} on nights", "On what dates is {staff} on the night shift?",
    "{staff} nights when")
ON_DIET = Pool("who is on {diet} on {day}", "Which patients have {diet} on {day}?", "{diet} {day} who",
    "list everybody with {diet}, {day}", "Name all patients on {diet} on {day}.",
    "patients on {diet} {day}", "all with {diet} on {day}", "Who was down for {diet} on {day}?",
    "{day}: {diet} list")
DIET_COUNT = Pool("how many patients are on {diet} on {day}", "Number of patients with {diet} on {day}?",
    "count {diet} {day}", "How many have {diet} on {day}?", "{diet} {day}: how many",
    "how many trays of {diet} on {day}", "total on {diet}, {day}",
    "How many patients were down for {diet} on {day}?", "{day} number {diet}")
RULE = Pool("rule {number}", "What does {number} of the ward rules say?", "{number} of the procedure?",
    "content of {number}", "Please quote rule {number}.", "{number}?", "what's in {number}",
    "What is laid down in {number}?", "text of {number}")
RULE_ABOUT = Pool("{asked}", "{asked} on this ward", "according to the rules, {asked}", "{asked} please",
    "ward rules: {asked}", "Can you tell me {asked}", "I forgot {asked}", "quick one: {asked}",
    "what do the rules say: {asked}")
INCIDENT_NUMBER = Pool("form number for the {kind}", "What is the number of the report on the {kind}?",
    "{kind} IR number", "number of the {kind} incident", "Which form covers the {kind}?",
    "report no. {kind}", "{kind} - incident number?", "Under what number was the {kind} filed?",
    "IR no for {kind}")
INCIDENT_WHEN = Pool("when was the {kind}", "On what date did the {kind} happen?", "{kind} date",
    "day of the {kind}", "When was the {kind} reported?", "date of {kind} incident", "{kind} when",
    "On which day was the {kind}?", "what date, {kind}")
INCIDENT_WHO = Pool("who reported the {kind}", "Who filed the report on the {kind}?",
    "{kind} reported by", "reporter of {kind}", "Which member of staff reported the {kind}?",
    "{kind} - who reported it", "name on the {kind} form", "By whom was the {kind} reported?",
    "who wrote up the {kind}")
MOVED = Pool("who changed beds between {day} and {other}",
    "Which patients moved beds from {day} to {other}?", "bed moves {day} {other}",
    "list of bed changes since {day}", "Who is in another bed on {other} than on {day}?",
    "patients that moved bed, {day} to {other}", "bed changes, both handovers",
    "Which patients have a different bed in the second handover?", "moved beds: who")
STRANGER = Pool("which bed is {who} in", "What is {who}'s diagnosis?", "{who} diet",
    "allergies of {who}?", "What is planned for {who}?", "{who} blood results", "potassium {who}",
    "What does {who} get on the drug round?", "is {who} on the ward, which bed")
FOLLOW_DAY = Pool("and on {day}?", "And {day}?", "what about {day}", "{day}?", "same for {day}",
    "and how about {day}?", "then on {day}", "And what was it on {day}?", "on {day} too?")
FOLLOW_PERSON = Pool("and {who}?", "What about {who}?", "and for {who}", "{who}?", "same for {who}",
    "And how is it for {who}?", "now {who}", "and {who} then", "What is it for {who}?")
