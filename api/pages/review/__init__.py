"""A reviewer's own pages: visits, criteria beside the evidence, and what they state of themselves; a file a page."""
