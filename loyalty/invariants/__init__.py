"""What must hold about points whatever code does, as SQL that returns violations."""
