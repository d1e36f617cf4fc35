"""What Word, PowerPoint and Excel files (OOXML) have in common: the package, comments and drawings.

In: a file, or the XML of one of its parts. Out: a file that the libraries can open, and the text that they
leave out.
"""
