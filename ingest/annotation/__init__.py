"""Find out what is known of each sentence beyond its words, and of each document beyond its pages.

In: the stored pages of a document, its title and file name. Out: its annotation (`vault.annotations`).
Nothing is parsed again, so that documents of an older vault can be annotated at any time.
"""
