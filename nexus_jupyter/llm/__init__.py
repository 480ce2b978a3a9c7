"""Who writes text: model providers behind one protocol, and the receipt of what they were shown."""
