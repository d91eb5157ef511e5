"""How files for browsers are kept: compressed, under names that change with their contents."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise does it, and scripts find the modules that they import under their present names, too."""

    support_js_module_import_aggregation = True
