"""What a question asks of a table: its terms, limits, exclusions and denials.

In: an `Understood`. Out: `Asked`, from `asked_of` in `asked.py`.
"""
