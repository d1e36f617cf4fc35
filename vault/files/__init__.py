"""Files on the disk: private to this user, complete or absent, with clear errors when the disk fails.

In: paths and bytes. Out: the original files of documents by their sha256, and errors that say what to do.
"""
