"""Where things lie: the sources, the data of the embedded servers, the logs."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """Folder of everything `./auberge up` keeps: `$AUBERGE_HOME`, else `.auberge` beside the sources."""
    return Path(os.environ.get("AUBERGE_HOME") or ROOT / ".auberge").resolve()


def home_prepared() -> Path:
    """The same folder, made when absent; others may pass through it only where the servers must."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    # As root the servers run as another account, which has to reach its own folder below this one.
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    (folder / "log").mkdir(mode=0o700, exist_ok=True)
    return folder


def written_privately(path: Path, text: str) -> None:
    """Replace a small file in one step, readable by its owner only (mode 0600)."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
