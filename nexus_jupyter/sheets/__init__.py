"""The reader of web tables: questions about single rows of one table, which is read as a sheet."""
