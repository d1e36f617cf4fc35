"""The child process that parses files, shut in by the kernel, and the owner's side of it.

In: the path of a file. Out: a parsed document, a picture of a page, or an error that can be shown.
"""
