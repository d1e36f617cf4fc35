"""Wordings of questions about sheets."""

from training.world.sides import Pool

VALUE = Pool(
    "What was {whose} {metric} on {day}?",
    "{metric} {plain} {day}",
    "{plain} {metric} {day}",
    "On {day}, what was the {metric} of {plain}?",
    "{last} {metric} on {day}?",
    "What {metric} is recorded for {who} on {day}?",
)
LATEST = Pool(
    "What is {whose} latest {metric}?",
    "{plain} most recent {metric}?",
    "last {metric} for {plain}",
    "{metric} {plain}, newest value?",
    "What was the most recent {metric} for {who}?",
    "{last} latest {metric}",
)
BEFORE = Pool(
    "What was the last {metric} of {plain} before {day}?",
    "{plain}: {metric} before {day}, the last one",
    "Which {metric} did {plain} have just before {day}?",
    "{last} {metric} prior to {day}?",
    "Before {day}, what was {whose} last {metric}?",
    "latest {metric} before {day} for {plain}",
)
AFTER = Pool(
    "What was the first {metric} of {plain} after {day}?",
    "{plain}: first {metric} after {day}",
    "{last} {metric}, first one after {day}",
    "After {day}, what was {whose} first {metric}?",
)
COUNT = Pool(
    "How many {rows} are there on {whose} {name}?",
    "number of {rows} for {plain}",
    "How many {rows} does the {name} of {plain} have?",
    "how many {rows} are recorded for {last}",
)
COUNT_OVER = Pool(
    "How many {rows} of {plain} had a {metric} over {limit}?",
    "how many times was {whose} {metric} above {limit}",
    "On how many {rows} was the {metric} of {plain} more than {limit}?",
    "{plain}: how many {rows} with {metric} over {limit}?",
)
COUNT_STATUS = Pool(
    "How many {rows} of {plain} were {status}?",
    "how many of {whose} {rows} have {column} {status}",
    "How many {rows} of {plain} are marked {status}?",
    "number of {rows} with {column} {status} for {plain}",
)
COUNT_STAFF = Pool(
    "How many {rows} of {plain} did {staff} sign?",
    "How many of {whose} {rows} were by {staff}?",
    "number of {rows} for {plain} with {staff}",
    "{plain}: how many {rows} by {staff}?",
)
COUNT_BETWEEN = Pool(
    "How many {rows} did {plain} have between {day} and {other}?",
    "how many {rows} for {plain} from {day} to {other}",
    "{plain}: number of {rows} between {day} and {other}?",
)
LIST_OVER = Pool(
    "On which dates was the {metric} of {plain} above {limit}?",
    "which {rows} of {plain} had {metric} over {limit}",
    "List the days with {metric} over {limit} for {plain}",
    "{plain}: which {rows} had a {metric} above {limit}?",
)
LIST_STATUS = Pool(
    "Which {rows} of {plain} were {status}?",
    "list {whose} {rows} with {column} {status}",
    "On which dates was the {column} of {plain} {status}?",
    "{plain}: all {rows} marked {status}",
)
TOTAL = Pool(
    "What is the total {metric} for {plain}?",
    "{plain}: {metric} in total",
    "add up {whose} {metric}",
    "What was the sum of the {metric} for {plain}?",
)
TOTAL_BETWEEN = Pool(
    "What is the total {metric} for {plain} from {day} to {other}?",
    "{plain}: {metric} in total between {day} and {other}",
    "add up {whose} {metric} between {day} and {other}",
)
HIGHEST = Pool(
    "What was {whose} highest {metric}, and when?",
    "highest {metric} {plain}",
    "When was the {metric} of {plain} highest?",
    "{plain} peak {metric}?",
)
LOWEST = Pool(
    "What was {whose} lowest {metric}?",
    "lowest {metric} {plain}",
    "{plain}: lowest {metric} and its date",
)
AVERAGE = Pool(
    "What is the average {metric} of {plain}?",
    "average {metric} {plain}",
    "{whose} mean {metric}?",
)
CHANGE = Pool(
    "By how much did {whose} {metric} change between {day} and {other}?",
    "difference in {metric} between {day} and {other} for {plain}",
    "{plain}: how much did the {metric} change from {day} to {other}?",
)
COMPARED = Pool(
    "{metric} of {plain} on {day} compared with {other}?",
    "compare {whose} {metric} on {day} and {other}",
    "{plain} {metric}: {day} versus {other}",
)
APART = Pool(
    "How many days lie between the first and the last {row} of {plain}?",
    "days from first to last {row} for {plain}",
    "How long from the first {row} of {plain} to the last one?",
)
WHO = Pool(
    "Who {did} the {row} of {plain} on {day}?",
    "who signed {whose} {row} on {day}",
    "{plain}, {row} of {day}: who {did} it?",
)
THEN = Pool("and on {day}?", "what about {day}?", "And on {day}", "and {day}?")
OTHER_PERSON = Pool("and {plain}?", "what about {plain}?", "And for {plain}?", "same for {plain}")
OTHER_METRIC = Pool("and the {metric}?", "what about the {metric}?", "and {metric}?")
