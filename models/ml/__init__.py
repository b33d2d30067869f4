"""What is learnt from the books: how likely a text means an item of ours."""
