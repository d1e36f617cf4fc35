"""The legal sample documents, one module for each matter."""
