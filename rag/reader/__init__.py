"""Our own small model that reads a question together with passages: the reader of retriever and reader.

In: a question and passages. Out: how relevant each is, which sentence and words answer, what supports a
statement.
"""
