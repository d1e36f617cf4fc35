"""How many threads tests compute with."""

THREADS = 1
"""For everything that computes: the suite keeps all cores busy with processes, and threads that wait for each
other on a busy core cost up to five times the processor time."""
