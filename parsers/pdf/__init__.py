"""PDF files: painted letters, drawn lines, filled forms."""
