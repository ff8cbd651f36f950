"""Indicators: measured values that somebody else reports of teams; how a file of them is read, and what it changes."""
