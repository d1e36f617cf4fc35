"""Cut documents into chunks that fit the embedding model, along their own headings, tables and sentences.

In: pages with their elements. Out: chunks with their exact spans.
"""
