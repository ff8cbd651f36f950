"""Pure: the standards language. What a college may write, how it is read, and what is wrong with it."""
