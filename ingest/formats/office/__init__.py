"""Office documents: Word, PowerPoint, Excel, OpenDocument, RTF and the old binary formats.

In: a file. Out: a parsed document.
"""
