"""Three demonstration teams go through a whole cycle. Their people speak to the API as any client would."""
