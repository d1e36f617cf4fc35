"""What the page and the commands share: jobs, running answers, uploads, sources and sessions.

In: what a person wants. Out: how far it is, and results.
"""
