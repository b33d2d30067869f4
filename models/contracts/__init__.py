"""What crosses a wire: versioned JSON of extractions, activities, workflows, updates and queries."""
