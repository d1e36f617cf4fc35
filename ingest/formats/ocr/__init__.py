"""Words on pictures of pages, recognised on this machine.

In: a picture. Out: text with a box for each word.
"""
