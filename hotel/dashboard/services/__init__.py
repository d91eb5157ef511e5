"""What only the desk does across the apps below."""
