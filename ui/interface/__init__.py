"""The interface of a vault: how commands and programs reach the process that owns it.

In: requests over HTTP, through a Unix socket in the data folder. Out: JSON, and events as lines of JSON.
A command in whose own process the vault is open calls the same operations without the socket.
"""
