"""Tables as grids: columns with their kinds, rows of cells with their places, whose and from when a row is.

In: tables, rows and form fields of an index of sentences. Out: a `Grid` of each, the same for tables with a
header, forms, and tables whose columns are dates.
"""
