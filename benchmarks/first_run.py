"""What a new user waits for: the install, its size, and the sample pool's ingest with and without its embeddings.

    python -m benchmarks.first_run [--profiles 200]

The install goes into an empty virtual environment from this checkout, exactly as `make install` does it, with pip's
download cache as it is found (said in the result). Ingest rates are taken one after the other in one process each.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.provenance import keep, provenance

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "first_run.json"
SAMPLE = ROOT / "index_data" / "sample"


def timed(*command: str | Path) -> float:
    """Seconds a command takes; it must succeed."""
    began = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def megabytes(folder: Path) -> float:
    """Of all files below a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6


def install(folder: Path) -> dict[str, float]:
    """Install as the Makefile does, into an empty environment."""
    seconds = timed("make", "install", f"VENV={folder / 'venv'}")
    return {"install_seconds": round(seconds, 1), "installed_megabytes": round(megabytes(folder / "venv"))}


def ingest(folder: Path, profiles: int) -> dict[str, float]:
    """Profiles a second, of the whole sample with its embeddings, and of some of it without."""
    command = Path(sys.executable).parent / "recommender"
    source, part = SAMPLE / "profiles.jsonl.gz", folder / "part.jsonl"
    lines = subprocess.run(["gzip", "-dc", source], capture_output=True, check=True).stdout.splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:profiles]))
    start = timed(command, "ingest", "--help")
    shipped = timed(command, "ingest", source, "--vectors", SAMPLE / "vectors.npz", "--data", folder / "a")
    encoded = timed(command, "ingest", part, "--data", folder / "b")
    stored = sum(path.stat().st_size for path in (folder / "a").rglob("*") if path.is_file())
    return {
        "start_seconds": round(start, 2),
        "sample_profiles": len(lines),
        "sample_seconds": round(shipped, 1),
        "sample_profiles_per_second": round(len(lines) / shipped),
        "encoded_profiles": min(profiles, len(lines)),
        "encoded_seconds": round(encoded, 1),
        "encoded_profiles_per_second": round(min(profiles, len(lines)) / encoded, 1),
        "pool_bytes_per_profile": round(stored / len(lines)),
    }


def main() -> None:
    """Measure, print, and write the results file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--profiles", type=int, default=200, help="how many profiles to ingest without embeddings")
    arguments.add_argument("--no-install", action="store_true", help="leave the install out")
    asked = arguments.parse_args()
    ran = provenance()
    folder = Path(tempfile.mkdtemp(prefix="first-run-"))
    try:
        result = {} if asked.no_install else install(folder)
        result |= ingest(folder, asked.profiles)
    finally:
        shutil.rmtree(folder)
    keep(RESULTS, ran | result)


if __name__ == "__main__":
    main()
