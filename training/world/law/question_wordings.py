"""How staff ask about contracts, payments and letters."""

from __future__ import annotations

from training.world.asking.series import SeriesWordings
from training.world.sides import Pool

# fmt: off

PAYMENTS = SeriesWordings(on=Pool("{what} of {who} on {day}", "How much was the {what} of {day}?",
    "{day} {what} amount", "amount of the {what} dated {day}", "What sum is entered for {who} on {day}?",
    "how much is the {what} from {day}", "{who} {day} how much",
    "What was the amount of {who}'s {what} on {day}?", "{what} {day}?",
    "the sum of the {what} booked {day}", "how much did {who}'s {what} of {day} come to",
    "On {day}, how much was entered for {who}?",), before=Pool("last {what} before {day}, how much",
    "What was the amount of the last {what} before {day}?", "{what} just before {day}",
    "how much was the {what} prior to {day}", "Amount of {who}'s {what} immediately before {day}?",
    "the {what} preceding {day}", "previous {what} amount, seen from {day}",
    "How much was the most recent {what} before {day}?", "latest {what} up to {day}, amount",),
    latest=Pool("latest {what} amount {who}", "How much was the most recent {what}?",
        "last {what} of {who}, amount", "newest {what}, how much",
        "What is the amount of the last {what} in the list?", "amount of the latest {what}",
        "most recent {what} sum", "How high was {who}'s last {what}?",
        "final {what} on the list - amount",), earliest=Pool("first {what} amount",
        "How much was the very first {what}?", "earliest {what} of {who}, how much", "oldest {what} sum",
        "What did the first {what} of {who} amount to?", "amount at the start: first {what}",
        "first {what} on the list - amount", "how much was {who}'s earliest {what}",
        "opening {what}, which amount",), highest=Pool("highest {what} and date",
        "Which {what} of {who} was the largest, and when?", "biggest {what}, amount and day",
        "maximum {what} {who}", "When was the highest {what} and how much was it?",
        "largest {what} with its date", "top {what}: sum and date",
        "What is the greatest {what} and on which date was it?", "most expensive {what}, when",),
        lowest=Pool("lowest {what} and date", "Which {what} was the smallest, and when?",
            "smallest {what}, amount and day", "minimum {what} {who}",
            "When was the lowest {what} and how much?", "least {what} with its date",
            "smallest sum: which {what}, when", "What is the smallest {what} of {who} and its date?",
            "cheapest {what}, when",),
            difference=Pool("difference between the {what} of {day} and that of {other}",
                "How much more or less was the {what} on {other} than on {day}?",
                "{what} {day} vs {other} difference",
                "by how much do the {what}s of {day} and {other} differ",
                "What is the difference in amount between {day} and {other}?",
                "subtract the {what}s of {day} and {other}", "gap in amount, {day} and {other}",
                "How far apart are the amounts of {day} and {other}?", "{other} minus {day} in pounds",),
                count=Pool("how many {what}s in {month}", "Number of {what}s of {who} in {month}?",
                    "count {what}s {month}", "How many {what}s are listed for {month}?",
                    "{month}: how many {what}s", "total count of {what}s in {month}",
                    "how often was there a {what} in {month}",
                    "How many {what}s fall in {month} for {who}?", "{what}s {month} number of",),
                    over_time=Pool("all {what}s in {month}", "List the {what}s of {who} in {month}.",
                        "{what}s {month}", "which {what}s were there in {month}",
                        "Show every {what} of {month} with its amount.", "list {month} {what}s",
                        "every {what} from {month}", "What {what}s are entered for {month}?",
                        "the amounts of {month}",),
                        apart=Pool("how many days between the {what} of {day} and the one of {other}",
                            "Days from {day} to {other}, the two {what}s?",
                            "interval in days {day} {other}",
                            "How many days passed between the {what}s of {day} and {other}?",
                            "number of days, {what} {day} to {what} {other}",
                            "days between {day} and {other}?",
                            "how long in days from the {what} of {day} until {other}",
                            "How many days later than {day} was the {what} of {other}?",
                            "gap of how many days, {day} and {other}",))
SUM = Pool("total of the {what}s in {year}", "How much do all {what}s of {who} in {year} add up to?",
    "sum of {what}s {year}", "add up the {what}s for {year}",
    "What is the total of {who}'s {what}s in {year}?", "{year} {what}s total",
    "total amount {who} {year}", "What did the {what}s of {year} come to altogether?",
    "all {what}s {year} added together")
BY_REFERENCE = Pool("amount of {reference}", "How much is {reference}?", "{reference} how much",
    "what is the sum of no. {reference}", "Which amount has reference {reference}?", "{reference}?",
    "sum entered under {reference}", "What is the amount of {reference}?", "look up {reference} - amount")
REFERENCE_OF = Pool("number of the {what} of {day}", "Which reference has the {what} of {day}?",
    "{day} {what} reference", "what's the number of {who}'s {what} dated {day}",
    "Reference number for the {what} on {day}?", "ref of {what} {day}", "{who} {what} {day} - number?",
    "Under which number is the {what} of {day} entered?", "the reference of {day}")
OPEN = Pool("which invoices are open", "List all invoices of {who} that are still open.",
    "open invoices {who}", "unpaid invoice numbers", "What invoices have the status open?",
    "invoices not settled yet, {who}", "all open items", "Which invoices of {who} remain open?",
    "show open invoices")
OPEN_COUNT = Pool("how many invoices are open", "Number of open invoices of {who}?",
    "count of open invoices", "How many of {who}'s invoices are still open?", "open items: how many",
    "how many unpaid invoices", "total number of invoices marked open",
    "How many invoices have the status open?", "open invoices number of")
TERM_NOW = Pool("what is the {name} now", "What is the current {name}?", "{name}?", "{name} at present",
    "Which {name} applies today?", "present {name}", "the {name} as it stands",
    "what {name} do we have at the moment", "{name} - current value", "What {name} has been agreed?",
    "latest {name}", "how much/what is the {name} these days")
TERM_IN_OTHER_WORDS = Pool("{name}?", "what is the {name}", "tell me the {name}",
    "What is the {name} under the {what}?", "{name} please", "can you find the {name}",
    "what does the {what} say about the {name}", "I need the {name}", "What have we agreed as {name}?")
TERM_BEFORE = Pool("what was the {name} before {day}", "What {name} applied before {day}?",
    "{name} before {day}", "old {name} (until {day})", "previous {name}, before the change of {day}",
    "Which {name} held up to {day}?", "{name} prior to {day}", "What was the {name} until {day}?",
    "the {name} in force just before {day}")
TERM_ON = Pool("{name} on {day}", "What was the {name} on {day}?", "{name} as of {day}",
    "which {name} applied on {day}", "On {day}, what was the {name}?", "the {name} in force on {day}",
    "{day}: {name}?", "What {name} was valid on {day}?", "{name} at {day}")
ORIGINAL = Pool("original {name}", "What {name} did the {what} first provide for?",
    "{name} in the original {what}", "initial {name}?", "Which {name} was agreed at the outset?",
    "{name} as first signed", "first {name} of the {what}", "What was the {name} at the beginning?",
    "{name} when the {what} was signed")
CLAUSE = Pool("clause {clause}", "What does clause {clause} say?", "what is in {clause} of the {what}",
    "{clause} {what}?", "Please quote clause {clause} of the {what}.", "content of clause {clause}",
    "clause {clause} text", "What is agreed in clause {clause}?", "what's {clause} about")
WHICH_CLAUSE = Pool("which clause deals with the {name}", "In which clause is the {name} laid down?",
    "{name} clause number", "clause for {name}?", "Where in the {what} is the {name} regulated?",
    "number of the clause on {name}", "find the {name} clause", "Which clause contains the {name}?",
    "{name} - which clause")
VARIED_WHEN = Pool("when was the {name} changed", "On what date was the {name} varied?",
    "{name} changed when", "date of the change to the {name}", "When did the parties alter the {name}?",
    "what date was the {name} amended", "{name} amendment date", "When was the {name} last changed?",
    "since when does the new {name} apply")
COMPARE = Pool("{name}: {what} compared with the {change}",
    "How does the {name} in the {what} differ from that in the {change}?", "{name} then and now",
    "compare the {name} in the {what} and in the {change}",
    "What was the {name} first and what is it after the change?", "{name} old vs new",
    "{name} before/after the {change}", "What has changed in the {name}?",
    "difference between {what} and {change}: {name}")
INCREASE = Pool("by how much did the {name} change in the {change}",
    "How many pounds more or less is the {name} since the {change}?", "{name} difference old/new in £",
    "change of the {name} in pounds", "What is the difference between the old and the new {name}?",
    "{name}: up or down by how much", "amount by which the {name} moved",
    "How much did the {name} rise or fall with the change?", "{name} - calculate the change")
PARTY = Pool("who is {role}", "Who is {role} under the {what}?", "{role} name", "which company is {role}",
    "name of {role}?", "Which firm is {role}?", "{role} - who is that", "What is the name of {role}?",
    "{role} in the {what}?")
PERSON = Pool("who is the {role} of {firm}", "Who signed as {role} for {firm}?", "{firm} {role}",
    "name of the {role} for {firm}", "Which {role} acts for {firm}?", "{role}, {firm}: who",
    "Who acted as {role} for {firm}?", "What is the name of {firm}'s {role}?", "{firm} - {role}?")
MAY = Pool("can they {thing}", "Is it allowed to {thing}?", "may they {thing}", "permission to {thing}?",
    "Does the {what} let them {thing}?", "are they allowed to {thing}", "{thing} - allowed?",
    "Is there a right to {thing}?", "is anybody permitted to {thing}")
SIGNED = Pool("date of the {what}", "When was the {what} signed?", "{what} dated when",
    "when was the {what} made", "On what date was the {what} concluded?", "{what} date?",
    "what is the date of the {what}", "When did the parties enter into the {what}?",
    "day of signature {what}")
BETWEEN = Pool("how many days between the {what} and the first change",
    "How many days after the {what} was it first varied?", "days from the {what} to change no. 1",
    "number of days {what} - first amendment",
    "How many days lie between the {what} and its first change?",
    "interval in days: {what}, first variation", "days until the first amendment",
    "How long in days from the {what} to the first change?", "days between signing and first change")
WROTE = Pool("who wrote to {receiver} about {subject} on {day}",
    "Who contacted {receiver} on {day} about {subject}?", "{day} {subject} - who wrote",
    "sender of the message to {receiver}, {day}", "Who sent {receiver} something on {subject} on {day}?",
    "from whom did {receiver} hear about {subject} ({day})", "{receiver} {day} contacted by",
    "On {day}, who wrote to {receiver}?", "who got in touch with {receiver} on {day}")
WRITTEN_TO = Pool("to whom did {sender} write on {day}", "Who received {sender}'s message of {day}?",
    "{sender} {day} wrote to who", "recipient of {sender}'s letter, {day}",
    "Whom did {sender} contact on {day}?", "{sender} on {day}: addressee",
    "who did {sender} write to on {day}", "Who was the addressee on {day} when {sender} wrote?",
    "{day} {sender} to?")
WROTE_ABOUT = Pool("what did {sender} write about on {day}",
    "What was the subject of {sender}'s message of {day}?", "{sender} {day} subject",
    "topic of {day}, {sender}", "About what did {sender} contact {receiver} on {day}?",
    "{day}: what was it about", "re: of {sender}'s letter {day}",
    "What did {sender} raise with {receiver} on {day}?", "subject {day} {sender} {receiver}")
LETTERS_COUNT = Pool("how many times did {sender} write", "Number of entries from {sender} in the log?",
    "count messages sent by {sender}", "How many letters, mails or calls came from {sender}?",
    "{sender} entries: how many", "how often is {sender} the sender",
    "How many times is {sender} listed as sender?", "total messages from {sender}",
    "{sender} wrote how often")
LETTERS_LIST = Pool("what did {sender} write about",
    "List the subjects of everything that {sender} sent.", "{sender} all subjects",
    "topics of {sender}'s messages", "Which subjects did {sender} raise?",
    "all that {sender} wrote about", "subjects from {sender}", "On which subjects has {sender} written?",
    "list {sender} correspondence")
MEETING_NOW = Pool("when is the meeting on {subject} now",
    "What is the date of the meeting about {subject}?", "meeting {subject} date",
    "new date for the {subject} meeting", "On which day do we meet about {subject}?",
    "{subject} meeting when", "date now agreed for {subject}", "When will {subject} be discussed?",
    "the {subject} meeting is when")
MEETING_BEFORE = Pool("what was the first date for the meeting on {subject}",
    "For which day was the meeting on {subject} planned at first?", "old date of the {subject} meeting",
    "original date, meeting {subject}", "Which date for {subject} was given up?",
    "meeting {subject}: earlier date", "first planned day for {subject}",
    "When was the {subject} meeting originally to be?", "{subject} meeting before it was moved")
CALLER = Pool("who rang about {subject}", "Who telephoned regarding {subject}?",
    "call about {subject} - from whom", "caller {subject}", "Which person called on {subject}?",
    "who phoned about {subject}", "name of the caller on {subject}",
    "Who was on the telephone about {subject}?", "{subject} phone call: who")
PROMISED = Pool("what did {caller} promise", "What was promised on the telephone about {subject}?",
    "{caller} promise", "what will {caller} send", "Which promise did {caller} make?",
    "outcome of the call on {subject}", "what did {caller} agree to provide",
    "What did {caller} undertake about {subject}?", "promised re {subject}?")
FILE_NUMBER = Pool("file number", "What is our file number?", "our ref?", "file reference of this matter",
    "Which file number does the matter have?", "matter number", "reference of the file",
    "What number is the file kept under?", "number of the file?")
NEVER_SAID = Pool("who is the VAT inspector", "What is the energy rating of the building?",
    "planning permission number?", "did anyone see the ghost", "What is the chairman's salary?",
    "when is the Christmas party", "Which broker arranged the mortgage?", "land registry title number",
    "What is the name of the arbitrator?", "how many employees does the firm have",
    "Which bank holds the escrow account?", "is there asbestos")
NO_CLAUSE = Pool("what does clause {clause} say", "clause {clause}?", "Please quote clause {clause}.",
    "content of {clause}", "What is agreed in clause {clause}?", "{clause} of the {what}",
    "text of clause {clause}", "What does {clause} provide?", "clause {clause} please")
OTHER_FIRM = Pool("and {firm}?", "What about {firm}?", "same for {firm}", "and for {firm}", "{firm}?",
    "And {firm}, what about them?", "now {firm}", "how about {firm}?", "the same question for {firm}")
FOLLOW_NAME = Pool("and the {name}?", "What about the {name}?", "and {name}", "the {name}?",
    "and the {name} then", "And what is the {name}?", "{name} too?", "now the {name}",
    "and how about the {name}")
FOLLOW_BEFORE = Pool("and before that?", "What was it before?", "and previously", "before the change?",
    "And what had it been before?", "what did it use to be", "earlier?", "and the old one",
    "what was it up to then")
FOLLOW_CHANGED = Pool("since when?", "And when was that changed?", "when did that change",
    "from what date", "When was this agreed?", "date of the change?", "and since when is that",
    "when was that", "on what date")
GERMAN_FRENCH = {"German": Pool("Was gilt zurzeit: {name}?", "Wie lautet jetzt: {name}?",
    "{name} – was ist derzeit vereinbart?", "{name} aktuell", "Welche {name} gilt heute?",
    "{name} nach dem Vertrag?"), "French": Pool("Quel est actuellement le {name} ?",
    "{name} : que prévoit le contrat aujourd'hui ?", "Que vaut aujourd'hui : {name} ?", "{name} actuel",
    "{name} selon le contrat ?", "{name} en vigueur"),
    "signed": Pool("Wann wurde der Vertrag unterschrieben?", "Quelle est la date du contrat ?",
        "Datum des Vertrags?", "Quand le contrat a-t-il été signé ?",
        "An welchem Tag wurde der Vertrag geschlossen?", "Date de signature du contrat ?"),
        "two": Pool("Wer ist der Mieter oder Käufer?", "Qui est le locataire ou l'acheteur ?",
            "Wie heißt die Mieterin oder Kundin?", "Comment s'appelle le locataire ou le client ?",
            "Welche Firma ist Mieter oder Kunde?", "Quelle société est locataire ou cliente ?"), }
TERMS_IN_GERMAN_AND_FRENCH = {"rent": ("Miete", "loyer"), "deposit": ("Kaution", "dépôt de garantie"),
    "break date": ("Kündigungstermin", "date de résiliation"), "opening hours": ("Öffnungszeiten",
        "heures d'ouverture"), "unit price": ("Stückpreis", "prix unitaire"),
        "payment period": ("Zahlungsfrist", "délai de paiement"), "delivery time": ("Lieferzeit",
            "délai de livraison"), "warranty period": ("Gewährleistungsfrist", "durée de garantie"),
            "minimum order": ("Mindestbestellmenge", "commande minimale"), }
