"""Files on the disk: private to this user, whole or absent, with what a disk refuses as errors of ours.

In: paths and bytes. Out: the originals of documents by their sha256, and errors that say what to do.
"""
