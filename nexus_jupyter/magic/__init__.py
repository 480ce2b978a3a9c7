"""The magic's parts: options, interpolation, completion, sub-commands, and how an answer is shown."""
