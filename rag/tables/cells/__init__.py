"""What one cell says: a number with its unit, a date, words.

In: the text of a cell or of the name of a column. Out: numbers, units and dates that can be compared.
"""
