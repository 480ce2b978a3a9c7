"""What is meant: questions to plans by rules, with a reason for every word."""
