"""Ask tables alone, and fit how sure an answer from them is.

In: sets of questions. Out: the `Answered` of each question, weights of the signals and a threshold.
"""
