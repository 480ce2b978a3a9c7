"""What happened while a question was answered, for whoever wants to watch."""
