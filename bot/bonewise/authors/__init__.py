"""Tools for those who write and review flows, on the command line."""
