"""A clinical team's own pages: its cycles, where each stands, and every criterion of one; a file a page."""
