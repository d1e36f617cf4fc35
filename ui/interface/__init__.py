"""How a command reaches the process that owns the vault, and what it can ask for there.

In: a request as JSON. Out: events and a result as JSON.
"""
