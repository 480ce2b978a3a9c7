"""What is wanted: a typed graph of steps that is valid because it exists."""
