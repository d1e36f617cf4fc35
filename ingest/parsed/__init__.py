"""What parsing a file gives: its type, its parsed document and its page images; and the limits of parsing.

In: a file for its type, otherwise only values. Out: the records that the parser and its owner exchange.
"""
