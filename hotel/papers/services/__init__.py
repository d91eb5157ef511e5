"""Papers asked for, made and given out."""
