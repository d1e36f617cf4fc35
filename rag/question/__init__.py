"""The question: its words, what it refers to in the conversation, which documents it names.

In: the words of a person and the conversation so far. Out: a question that can be understood alone.
"""
