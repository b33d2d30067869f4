"""The desks in real browsers: a package, so that stack and browser end with its last test."""
