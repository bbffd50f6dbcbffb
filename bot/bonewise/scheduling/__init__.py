"""Moments: from a local day and time to UTC, quiet hours, time zones, typed days and times. Pure."""
