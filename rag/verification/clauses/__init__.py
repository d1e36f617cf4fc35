"""What the words of a sentence do to each other: deny, command, act, own, stand close.

In: tokens. Out: marks on them by index or by key. Nothing is parsed: cues reach over words, and where their
reach is unclear it is taken wide, which makes a statement and a passage disagree rather than agree.
"""
