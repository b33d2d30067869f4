"""What the readers of EDIFACT, X12 and XML orders share."""
