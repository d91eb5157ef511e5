"""Temporary folders for servers of other accounts."""

import tempfile
from pathlib import Path


def open_folder_make() -> Path:
    """A folder that another account may pass through; pytest's own are closed to others. Remove it yourself."""
    folder = Path(tempfile.mkdtemp(prefix="auberge-stack-")).resolve()
    folder.chmod(0o711)
    return folder
