"""The interface from the other side: what a command asks of the process that owns the vault.

In: the same requests as `ui.interface.operations`. Out: the same results, events and errors.
"""
