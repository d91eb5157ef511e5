"""Static and uploaded files."""

from config.settings.environment import BASE_DIR, env

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / ".auberge" / "static"))
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / ".auberge" / "media"))
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
