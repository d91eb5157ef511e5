"""The look of the admin."""

UNFOLD = {"SITE_TITLE": "Auberge", "SITE_HEADER": "Auberge", "SITE_URL": "/dashboard", "SHOW_HISTORY": True}
