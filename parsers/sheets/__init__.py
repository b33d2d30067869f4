"""Workbooks and delimited files: cells to tables, title blocks and feet, and the orders in them."""
