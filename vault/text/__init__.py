"""What all packages need to know about text: its readable form, words and their stems, sentences, facts.

In: text of a page. Out: words, spans, dates, quantities and references that all packages compare in the same
way.
"""
