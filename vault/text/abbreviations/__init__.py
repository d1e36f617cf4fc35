"""Know what abbreviations stand for, and which everyday and technical words mean the same.

In: a word, a phrase or a text. Out: their other forms, both ways (`table.py`), where a text uses them
(`known.py`), and what a document defines itself (`defined.py`).
"""
