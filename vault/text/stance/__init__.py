"""Find what a text does not simply state: what it denies, plans or conditions, what is past or another's.

In: the text of a sentence. Out: the parts of it that have a stance, from `find_stances` in `find.py`. The
idea is that of NegEx (Chapman, 2001) and ConText (Harkema, 2009): words that trigger a stance, and how far
it reaches; words and reach are our own.
"""
