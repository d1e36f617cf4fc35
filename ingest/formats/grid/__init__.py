"""Tables by the places of their words: rows, columns and cells.

In: the parts of each line of a page, with their edges. Out: tables as ranges of its text.
"""
