"""`benchmarks/README.md`, from `README.md.j2` and the figures of `results/*.json`.

    python -m benchmarks.tables [--check]

Writes the document; with `--check` it is only compared, and what differs is shown. The template sees each results file
by its name (`latency.clock.similar_p50_ms`); a figure that is in none is an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from difflib import unified_diff
from pathlib import Path
from typing import Any

import jinja2

from benchmarks.provenance import RESULTS

TEMPLATE = Path(__file__).with_name("README.md.j2")
DOCUMENT = Path(__file__).with_name("README.md")


def number(value: float, digits: int = 0) -> str:
    """With so many decimals, halves away from zero; thousands apart, and a minus sign that is one."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact + 0:,}".replace("-", "−")  # adding 0 makes -0 plain


def share(value: float, digits: int = 3) -> str:
    """A figure between -1 and 1 without the leading zero: .867; one that is 1 as 1.00."""
    return number(value, digits).replace("0.", ".", 1) if abs(value) < 1 else number(value, digits)


def percent(value: float, digits: int = 0) -> str:
    """A share of one as a share of a hundred."""
    return number(100 * value, digits) + "%"


def interval(values: Sequence[float], digits: int = 3) -> str:
    """The least and the largest of some shares: .032–.124."""
    return f"{share(min(values), digits)}–{share(max(values), digits)}"


def one_in(ratio: float) -> str:
    """A small ratio as a fraction: 1/108."""
    return f"1/{number(1 / ratio)}"


def origin(results: Mapping[str, Any]) -> str:
    """How a results file came to be: command, commit and date, once for all sections that were measured together."""
    return "; ".join(dict.fromkeys(map(_ran, _measured(results))))


def _measured(results: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The file as a whole, or its sections, whichever carry their provenance."""
    parts = [results] if "command" in results else list(results.values())
    # what was measured later than the rest comes last
    return iter(sorted(parts, key=lambda part: str(part.get("recorded", part)["date"])))


def _ran(measured: Mapping[str, Any]) -> str:
    """An earlier run did not note its commit: what is known is the one that brought its results."""
    recorded = measured.get("recorded")
    at = f"recorded in {recorded['commit']}" if recorded else f"at {measured['commit']}"
    return f"`{measured['command']}`, {at}, {(recorded or measured)['date']}"


def render() -> str:
    """The document as it should be."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True)
    for form in (number, share, percent, interval, one_in, origin):
        environment.filters[form.__name__] = form
    results = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("*.json")}
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(results)


def differences() -> list[str]:
    """Lines of the document that are not what it should be, as a unified diff; none where it is true."""
    written = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    names = (f"{DOCUMENT.name} as it is", f"{DOCUMENT.name} of the results")
    return list(unified_diff(written.splitlines(), render().splitlines(), *names, lineterm="", n=0))


def main() -> None:
    """Write the document, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the document differs")
    if not parser.parse_args().check:
        DOCUMENT.write_text(render(), encoding="utf-8")
    elif found := differences():
        sys.exit("\n".join([*found, f"{DOCUMENT.name} differs from its results; run: python -m benchmarks.tables"]))


if __name__ == "__main__":
    main()
