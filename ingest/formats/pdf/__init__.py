"""PDF: text in reading order, tables, notes, hidden text, pages that are pictures.

In: a file. Out: a parsed document, or a picture of one page.
"""
