"""Formats that are text: plain, Markdown, CSV, HTML, XML, EPUB.

In: a file. Out: a parsed document.
"""
