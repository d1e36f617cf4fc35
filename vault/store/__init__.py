"""What a collection holds and how it is found again: documents, pages, chunks, words and vectors.

In: documents that were parsed, with their chunks and vectors. Out: pages, chunks and the nearest of them.
"""
