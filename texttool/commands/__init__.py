"""One thin module a command: it turns arguments into Options and calls what does the work."""
