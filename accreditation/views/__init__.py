"""What people can see: reads only, filtered by who asks. Every view is a value, ready to be shown."""
