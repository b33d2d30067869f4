"""Pages by geometry alone: rows, labels, tables, blocks of addresses, and the order that they show together."""
