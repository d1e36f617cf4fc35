"""What text means to every package: readable form, words and their stems, sentences.

In: text as it stands on a page. Out: words, spans and forms that all packages compare in the same way.
"""
