"""E-mail messages and mailboxes, with their attachments.

In: a file. Out: a parsed document with its attachments.
"""
