"""The prompt for small language models: numbered sentences instead of passages.

In: a question and the sentences that bear on it. Out: messages that a model of some hundred million values
can follow. The answerer of our own is trained on exactly these (`training/answerer`), so a change here asks
for a new training.
"""
