"""What the owner of a vault does for commands and programs, in the name of a user.

In: requests of `ui.interface.schemas`. Out: results and events of the same. The rights of the user are
checked as everywhere. Mistakes in a request are reported before anything is loaded.
"""
