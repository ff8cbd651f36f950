"""What teams hand in: bytes kept under their digest, and checked against it."""
