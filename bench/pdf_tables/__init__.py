"""Pages of our own, drawn as programs draw them, to measure which rows and cells of PDFs are read rightly."""
