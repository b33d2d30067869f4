"""When: the order of steps, waits, timers, updates and compensation. Deterministic, no I/O."""
