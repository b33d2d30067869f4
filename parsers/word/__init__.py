"""Word processors' files, set as pages so that one reader serves them and PDFs."""
