"""How every SQLite database of the vault is opened, locked and migrated.

In: a path and the steps of a schema. Out: a Database, whose transactions are undone on any error.
"""
