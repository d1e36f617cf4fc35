"""What is known of words before any question: ordinary English, medicines, forms of address.

In: words. Out: how usual a word is, which known words it may be misspelt from.
"""
