"""Documents laid out by hand as no generator would, each with its truth beside it: all of them test, nothing is tuned to them."""
