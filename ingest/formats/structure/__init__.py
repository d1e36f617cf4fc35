"""What all formats share: blocks of text, tables, headings, containers and encodings.

In: parts of a file. Out: pages with their elements.
"""
