"""Writes the markup of `blocks.py` as PDF, office or HTML files."""
