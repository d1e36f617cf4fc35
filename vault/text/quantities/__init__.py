"""Find the quantities of a text: numbers however they are written, with their units in one spelling.

In: text. Out: places with value, unit and dimension, from `find_quantities` in `find.py`. The names of units,
numbers in words and currencies stand here for all packages (`units.py`, `spelled.py`).
"""
