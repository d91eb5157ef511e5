"""Pure rules: rendering, variables, retries, signatures, outbound addresses."""
