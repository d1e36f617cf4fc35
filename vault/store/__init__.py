"""What a collection stores and how it is searched: documents, pages, chunks, words and vectors.

In: parsed documents with their chunks and vectors. Out: documents, pages, and the chunks that fit a search.
"""
