"""The direct answer: one line that says what was asked, with the rows and places that it rests on.

In: what a form of answer found (cells of tables, words that the reader points at). Out: `DirectAnswer`,
which is shown above the statements.
"""
