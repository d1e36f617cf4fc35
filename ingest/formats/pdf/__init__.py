"""PDF: text in reading order, tables, notes, hidden text, and pages that are pictures.

In: a file. Out: a parsed document, or the image of a page.
"""
