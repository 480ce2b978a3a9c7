"""What came out: values, tables, figures, and prose in which every number was computed."""
