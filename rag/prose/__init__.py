"""Direct answers from sentences: yes or no, the items of a list, a clause, the words that the reader marks.

In: a question as it was understood, and the evidence or the sentences of the documents found. Out: a
`DirectAnswer`, or None wherever the sentences do not surely answer.
"""
