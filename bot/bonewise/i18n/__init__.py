"""The words of every language: catalog, choice of language, markup, formats. Pure."""
