"""Answers that are made from the rows and cells of tables and from form fields, by code.

In: an understood question and the indexes of sentences that it may search (`TableSource`). Out: a
`DirectAnswer` from `answer_from_tables` in `answering.py`, or None wherever the question is not surely about
a table; and the nearest dates that there are, from `nearest_dates` in `nearest.py`, where nothing stands
under the date that is asked for.

Every word of the question must be accounted for: by the name of a column, the words of a row, the heading or
document above it, a person, a date. No number is stated that does not come from cells that are cited.
"""
