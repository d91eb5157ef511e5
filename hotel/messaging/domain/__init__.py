"""Pure rules: rendering, variables, retries, signatures."""
