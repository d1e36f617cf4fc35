"""Transcripts with line numbers."""
