"""The figures, printed by `make bench`. Never a timed test: read the ratios and the counts."""
