"""Documents in pieces that fit the embedding model, cut where the document itself is divided.

In: pages with their elements. Out: chunks that name their exact places.
"""
