"""The JSON API, a file a subject. Every handler calls one action or one view."""
