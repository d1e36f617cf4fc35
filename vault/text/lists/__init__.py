"""Keep the lists of words that all packages share, and make fast patterns of them.

In: nothing. Out: stop words, abbreviations with full stops, titles and forms of companies, and patterns for
many words (`first_letters.py`).
"""
