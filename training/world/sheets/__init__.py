"""Logs and charts of many themes and layouts: what is read off a table by its dates, names and columns."""
