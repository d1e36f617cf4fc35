"""Tests of the log of a vault."""
