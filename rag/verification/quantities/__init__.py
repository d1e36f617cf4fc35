"""Find the numbers, doses, sums and dates of a text, however they are written.

In: tokens. Out: quantities with value, unit and limit, and the tokens that belong to them.
"""
