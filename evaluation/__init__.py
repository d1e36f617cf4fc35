"""How good it is: question sets, measures, and the vaults that questions are measured in.

In: a question set. Out: figures for retrieval, evidence, answers and abstention.
"""
