"""The audit as printed: an A4 PDF, tagged, in black and white. Python says what stands in it, typst sets it."""
