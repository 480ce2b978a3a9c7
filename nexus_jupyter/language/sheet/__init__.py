"""Questions about single rows of one table: looked up, counted, compared, or beside another row."""
