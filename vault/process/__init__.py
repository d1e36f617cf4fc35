"""What applies to a whole process: no access to the network, one owner of a vault, wiped memory.

In: settings and the data folder. Out: switches and locks that stay until the process ends.
"""
