"""Who did what, when, to what: entries chained by their digests, so that a change to the past shows."""
