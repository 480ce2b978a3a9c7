"""Who plans what: agents look at a question and claim it with a score and a reason; the best claim plans."""
