"""Rows at rest: the database, its schema, its statements, and the keys under which what people said is sealed."""
