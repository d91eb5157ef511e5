"""Pure rules of rates: amounts, dates and plain values in, quotes and reasons out."""
