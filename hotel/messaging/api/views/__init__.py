"""Views of the messaging API."""
