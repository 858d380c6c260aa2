"""Many documents: what to read, how to run them, where the results go."""
