"""The matrix of rights."""
