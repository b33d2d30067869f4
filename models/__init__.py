"""What orderwright knows: what an order is, what crosses a wire, what is kept, what was trained."""
