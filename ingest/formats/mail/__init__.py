"""Messages and mailboxes with what is attached to them.

In: a file. Out: a parsed document with its attachments.
"""
