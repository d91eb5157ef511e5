"""The account the embedded servers run as: PostgreSQL refuses to be root."""

import grp
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from config.stack.errors import StackError


@dataclass(frozen=True)
class Account:
    """A system account for child processes; `uid` None means the account we already are."""

    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, object]:
        """Keyword arguments for subprocess.Popen; empty when nothing changes."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> Path:
        """Make `path` this account's property, and return it."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        return path

    def folder(self, path: Path) -> Path:
        """Make a folder that only this account enters, parents included, and return it."""
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        return self.give(path)

    def reaches(self, path: Path) -> bool:
        """Whether this account may pass through every folder above `path`."""
        if self.uid is None:
            return True
        return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents if parent.exists())


def server_account() -> Account:
    """Ourselves, or `nobody` when we are root.

    Raises:
        StackError: we are root and the system has no such account.
    """
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam("nobody")
        grp.getgrgid(entry.pw_gid)
    except KeyError:
        raise StackError(
            "PostgreSQL does not run as root, and this system has no account 'nobody' to run it as.\n"
            "Start Auberge as an ordinary user instead."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def readable_copy(tree: Path, target: Path) -> Path:
    """Copy programs to where the servers' account can read them; done once per version.

    Args:
        tree: a file or folder of programs.
        target: its new place; left alone when it exists already.
    """
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    if tree.is_dir():
        shutil.copytree(tree, draft, symlinks=True, ignore=shutil.ignore_patterns("include", "__pycache__"))
        draft.chmod(0o755)
    else:
        shutil.copy2(tree, draft)
    return draft.replace(target)
