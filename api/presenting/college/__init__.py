"""Words of the college's own pages."""
