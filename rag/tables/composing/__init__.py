"""Compose the direct answer from the rows and cells that the plans give.

In: an `Asked` and its plans. Out: a `DirectAnswer`, or None where several values could be meant.
"""
