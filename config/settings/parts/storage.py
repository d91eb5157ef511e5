"""Static and uploaded files."""

from config.settings.environment import BASE_DIR, env

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / ".auberge" / "static"))
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / ".auberge" / "media"))
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Where the weekly search for card data looks besides the database.
CARD_SCAN_FOLDERS = env.list("CARD_SCAN_FOLDERS", default=[MEDIA_ROOT, str(BASE_DIR / ".auberge" / "log")])
