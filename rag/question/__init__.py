"""What is asked: a question with its words, what it leans on, which documents it names.

In: the words of a person and the conversation before. Out: a question that stands alone.
"""
