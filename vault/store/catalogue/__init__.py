"""The catalogue of a collection in SQLite: documents, pages, chunks, and the two indexes of their words.

In: a document with its pages, chunks and embeddings, in one transaction. Out: the same, and what
the words of a search find.
"""
