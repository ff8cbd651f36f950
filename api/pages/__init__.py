"""Pages for people: made from templates, without scripts, and with nothing from elsewhere."""
