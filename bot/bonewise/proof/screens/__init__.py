"""Every screen at its worst: the longest words that can fill it in, drawn by the dialogue's own code."""
