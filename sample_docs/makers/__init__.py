"""The text of the sample documents, and how each is written to its file."""
