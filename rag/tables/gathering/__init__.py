"""Find the tables and form fields that can hold the answer, without reading all of them.

In: an `Asked` and a `TableSource`. Out: grids, from `grids_for` in `tables.py`.
"""
