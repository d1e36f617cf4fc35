"""The people and parties that the collections name, and which of them a question means.

In: names as they stand in documents; the words of a question. Out: who is meant, several where the words fit
several people, with the documents that name them.
"""
