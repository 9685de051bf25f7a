"""Copies of case records that name nobody, and the look for what does."""
