"""What single values say: numbers, days, units, addresses, cells."""
