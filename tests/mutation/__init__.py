"""The flow mutation score: how many small faults in the checks are caught by what checks and tests them."""
