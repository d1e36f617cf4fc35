"""Text formats: plain text, Markdown, CSV, HTML, XML and EPUB.

In: a file. Out: a parsed document.
"""
