"""Questions: how people word and type them, and their gold."""
