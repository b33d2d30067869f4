"""Tables of order lines, whatever document they stand in: their heads, columns, rows, and what is left of them."""
