"""Our own small model that reads a question together with passages (retriever, then reader).

In: a question and passages. Out: how relevant each is, which sentence and which words answer, what supports.
"""
