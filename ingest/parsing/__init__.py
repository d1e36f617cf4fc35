"""The parser: a child process that parses files in a sandbox, and the owner's side of it.

In: the path of a file. Out: a parsed document, a picture of a page, or an error message for the user.
"""
