"""What the product looks at by itself: one small function a check, which reads and never writes."""
