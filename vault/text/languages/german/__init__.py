"""German: its glossary, its forms of words, and its questions said in English."""
