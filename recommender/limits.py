"""`Limits`: how much of a file from a stranger is read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is decoded and kept. Each is `RECOMMENDER_LIMITS__<NAME>` in the environment.

    Attributes:
        document_bytes: a file that is one person: text, page, PDF, DOCX, LinkedIn export.
        record_bytes: one record of many: a line of JSON, a row of a table.
        unpacked_bytes: what a compressed file, or a Parquet file, unpacks to, where it is small itself.
        unpacked_times: how many times its own size a larger one unpacks to.
        text_characters: a résumé's or a page's text; what follows is cut, and reported.
        profile_characters: all that a profile says, contact and extras apart.
        roles: roles of a profile.
        table_columns: columns of a table.
        pdf_pages: pages of a PDF; those that follow are left out, and reported.
        docx_paragraphs: paragraphs and cells of a DOCX.
        decode_seconds: processor time for a DOCX, a ZIP, a PDF (and .3 s for each page), or a hundred rows of Parquet.
        decode_memory: bytes of address space for the process that decodes them.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    document_bytes: int = 32 * 2**20
    record_bytes: int = 16 * 2**20
    unpacked_bytes: int = 256 * 2**20
    unpacked_times: int = 40
    text_characters: int = 200_000
    profile_characters: int = 1_000_000
    roles: int = 1_000
    table_columns: int = 1_000
    pdf_pages: int = 40
    docx_paragraphs: int = 10_000
    decode_seconds: int = 4
    decode_memory: int = 2**30

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"{field.name} has to be 1 or more")

    def unpacked(self, packed: int) -> int:
        """Bytes that a file of `packed` bytes may unpack to."""
        return max(self.unpacked_bytes, self.unpacked_times * packed)
