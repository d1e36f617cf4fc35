"""Pictures inside documents of other formats: their words, recognised like those of scans.

In: the bytes of a picture. Out: blocks on the page where it stands, or what was not read.
"""
