"""The chat page: one talk in a browser, with nothing but this server behind it."""
