"""Keep the lists of words that all packages share, and make fast patterns of them.

In: nothing. Out: sets of words (`stop_words.py`) and patterns for many words (`first_letters.py`).
"""
