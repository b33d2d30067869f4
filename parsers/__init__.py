"""What it says: bytes to orders with evidence, and the writers of the answers. Pure: no files, network, clock, environment."""
