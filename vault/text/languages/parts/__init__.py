"""What both languages share: tokens, chunks, the glossary's files and the spelling of medicines."""
