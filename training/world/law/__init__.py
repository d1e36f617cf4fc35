"""Matters: contracts with their changes, payments, letters, and what is asked about them."""
