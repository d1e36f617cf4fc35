"""What a question means: its intent, names, dates, references, spelling and topic, and what is shown of it.

In: a question, the turns before it, and the sentence indexes of the collections that are asked. Out: an
`Understood`, from `understand` in `understand.py`. Nothing here searches for the answer.
"""
