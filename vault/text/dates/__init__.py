"""Find every date of a text and what it may mean.

In: text. Out: places with the days they may mean, from `find_dates` in `find.py`: ISO text, ranges, two
readings where day and month may be exchanged, and dates without a year.
"""
