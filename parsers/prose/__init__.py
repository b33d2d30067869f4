"""Letters and mails: order lines, days, places and conditions in running text, and what of it nothing took."""
