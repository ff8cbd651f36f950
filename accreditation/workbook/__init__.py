"""Standards as an Excel workbook: out for a college office to fill in, and back with nothing lost."""
