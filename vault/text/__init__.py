"""What all packages need to know about text: its readable form, words and their stems, sentences.

In: text of a page. Out: words, spans and readable text that all packages compare in the same way.
"""
