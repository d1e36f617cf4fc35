"""Pages whose lines are numbered in the margin: transcripts of depositions and hearings, and pleadings.

In: the lines of a page with what may be their numbers. Out: whether they are, the paragraphs, and the page
numbers that are printed.
"""
