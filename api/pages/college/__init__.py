"""The college's own pages."""
