"""Recognise the words on pictures of pages (OCR), on this machine.

In: a picture. Out: text with its elements, and a box for each word.
"""
