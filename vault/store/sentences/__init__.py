"""The index of sentences and rows of a collection, beside the index of chunks, in the same database.

In: the annotation of a document, when it is added. Out: sentences by their words and normal forms, by date,
clause or reference, as rows of tables; profiles of documents; the words and names that the collection holds.
"""
