"""What a parsed file is: its type, its pages and attachments, the limits that it was parsed within.

In: nothing but values. Out: the records that the parser sends, checked.
"""
