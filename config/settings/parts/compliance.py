"""Where reports of compliance find what the database does not know."""

from config.settings.environment import BASE_DIR, env

# The results of the last run of the tests, as `manage.py compliance_tests` writes them; part of a release.
COMPLIANCE_TEST_RESULTS = env(
    "COMPLIANCE_TEST_RESULTS", default=str(BASE_DIR / "security" / "frameworks" / "test_results.json")
)
# Where backups are put, so that their age can be told.
BACKUP_DIR = env("BACKUP_DIR", default=str(BASE_DIR / ".auberge" / "backups"))
