"""How it is done: thin shells of request, port, domain rule, port, result."""
