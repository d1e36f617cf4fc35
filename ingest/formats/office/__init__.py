"""Office documents: Word, PowerPoint, Excel, OpenDocument, RTF, and the formats of Office before 2007.

In: a file. Out: a parsed document.
"""
