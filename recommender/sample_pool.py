"""Where the committed sample pool lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from recommender.errors import ReadingError


def sample_folder() -> Path:
    """The folder with `profiles.jsonl.gz` and `vectors.npz`; raises `ReadingError` where it is missing."""
    package = Path(__file__).parent
    for folder in (package.parent / "index_data" / "sample", package / "sample"):
        if (folder / "profiles.jsonl.gz").is_file():
            return folder
    raise ReadingError("the sample pool is not installed; install the wheel again, or use a whole checkout")
