"""Files and folders that nobody but their owner may look into, whatever the umask: all that holds people is made so."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def create(path: Path) -> BufferedWriter:
    """The file opened to be written anew; one that was there and was open to others does so no longer."""
    file = open(path, "wb", opener=lambda name, flags: os.open(name, flags, FILE))  # noqa: SIM115 - the caller closes it
    os.fchmod(file.fileno(), FILE)
    return file


def make_folder(folder: Path) -> None:
    """Make the folder where there is none; those above it as the system makes them."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(FOLDER, exist_ok=True)


def tighten(folder: Path) -> None:
    """Take away what others may do with the folder and all within it, as far as it is ours to take away."""
    for place, _, names in os.walk(folder):
        for path in (place, *(os.path.join(place, name) for name in names)):
            with suppress(OSError):
                mode = os.lstat(path).st_mode
                if not stat.S_ISLNK(mode) and mode & 0o077:
                    os.chmod(path, stat.S_IMODE(mode) & FOLDER)
