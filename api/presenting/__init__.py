"""How values are told on pages: words, dates and the colours of tags. Values in, words out; no clock and no query."""
