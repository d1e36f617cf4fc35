"""Made-up people and companies; the names of each side are its own."""
