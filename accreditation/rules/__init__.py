"""Pure: what follows from a scheme and from what people said. Values in, values out, every answer with its reason."""
