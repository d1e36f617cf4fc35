"""Patients: what is true of them over time, how charts and letters write it, and what is asked."""
