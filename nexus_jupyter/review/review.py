"""The review: every check of a program, as findings."""
