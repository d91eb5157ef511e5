"""What stands on papers, read in a constant number of queries."""
