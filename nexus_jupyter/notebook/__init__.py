"""The notebook: the cells that a reader keeps, where they came from, and how they get into a file."""
