"""What the page and the commands have in common: jobs, questions under way, uploads, sources, sessions.

In: what a person wants. Out: views of how it stands.
"""
