"""Find out whose document it is, from when, of what kind and by whom.

In: the pieces of a document, with its title and file name. Out: its profile (`vault.annotations.Profile`).
"""
