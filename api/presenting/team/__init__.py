"""Words of a team's own pages: values in; words, dates and tags out."""
