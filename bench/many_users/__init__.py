"""Many users at once: what a server gives them, and how fast.

In: numbers of users, collections and minutes. Out: a table with errors, leaks, memory and times.
"""
