"""What holds for a whole process: no way out to the network, one owner of a vault, memory that is wiped.

In: settings and the data folder. Out: a guard that stays until the process ends.
"""
