"""Replays a hotel's recorded history through the real services, day by day."""
