"""What data is there: datasets, their schemas and profiles, and how they join."""
