"""Other languages: tell in which language a question is, and say a German or French one in English.

In: a question as typed. Out: its language, and the question in English, made with glossaries and rules of our
own. Names, numbers, references and dates stay as they are.
"""
