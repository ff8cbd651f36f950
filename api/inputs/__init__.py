"""What may be sent, with its bounds: a file a group of routes."""
