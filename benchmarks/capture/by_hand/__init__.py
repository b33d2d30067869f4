"""Documents laid out by hand as no generator would, each with its truth beside it."""
