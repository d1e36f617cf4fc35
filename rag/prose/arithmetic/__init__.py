"""Compute with the days of events that documents tell of in prose, rows and fields.

In: the words that a question has for an event, and the sentences of the likely documents. Out: the day of the
event with the sentence that says it, from `events.py`; a direct answer with the days between two of them from
`between.py`, or with a day some time after one from `due.py`.
"""
