"""English: forms of words, and clauses put together."""
