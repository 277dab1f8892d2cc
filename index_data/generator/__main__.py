"""Writes the sample pool: `python -m index_data.generator` from the top of the checkout."""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import asdict
from pathlib import Path

from recommender.profile import profile_to_json

from .build import build

SEED, SIZE = 20261, 3600
OUT = Path(__file__).parents[1] / "sample" / "profiles.jsonl.gz"


def write_lines(path: Path, lines: list[bytes]) -> None:
    """Gzip without a time or name in its header, so that the same lines give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as file:
        file.writelines(line + b"\n" for line in lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m index_data.generator", description="Write the fictional sample pool."
    )
    parser.add_argument("--out", type=Path, default=OUT, help="the pool's file; latent.jsonl.gz is put beside it")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=int, default=SIZE, help="number of profiles")
    args = parser.parse_args()
    made = list(build(args.seed, args.size))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_lines(args.out, [profile_to_json(profile) for profile, _ in made])
    write_lines(args.out.parent / "latent.jsonl.gz", [json.dumps(asdict(latent)).encode() for _, latent in made])
    print(f"{len(made)} profiles, {args.out.stat().st_size:,} bytes: {args.out}")


if __name__ == "__main__":
    main()
