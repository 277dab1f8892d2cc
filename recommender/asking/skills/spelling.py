"""Words as American English spells them, as the vocabulary does: "colour grading", "foetal monitoring"."""

from __future__ import annotations

import re

#: British spelling → American.
_SPELLINGS = tuple(
    (re.compile(british, re.IGNORECASE), spelled)
    for british, spelled in (
        *((r"(?<=\w{2})our(?=\b|s\b|ing|ist|ed\b|al\b)", "or"), (r"\bfoet", "fet"), (r"paed", "ped")),
        *((r"\banaes", "anes"), (r"haem", "hem"), (r"\boe(?=soph|st)", "e"), (r"\bgynaec", "gynec")),
        *((r"is(?=ation|ing\b|e\b|ed\b)", "iz"), (r"ll(?=ing\b|ed\b|er\b)", "l"), (r"(?<=t)re\b", "er")),
        *((r"ogue\b", "og"), (r"ae(?=sthe)", "e")),
    )
)


def american(written: str) -> str:
    """The same words; those that both spell alike may come out as none."""
    for british, spelled in _SPELLINGS:
        written = british.sub(spelled, written)
    return written
