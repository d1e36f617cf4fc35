"""What all formats share: text in blocks, tables, headings, containers, encodings.

In: pieces of a file. Out: pages with their elements.
"""
