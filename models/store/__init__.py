"""What is kept: tables, one repository per aggregate, the operator's files and migrations. SQLite or PostgreSQL."""
