"""What an order *is*: immutable values and pure rules. Standard library and pydantic only; no I/O, clock or randomness."""
