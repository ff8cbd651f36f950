"""Words of the pages to sign in and of one's own account."""
