"""Put rows into tables and cells into columns, whatever the layout of the table.

In: the pieces of a document. Out: the same, with table, row and cells, and the tables.
"""
