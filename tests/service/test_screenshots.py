"""The pictures of the pages in docs: one of each page and way, small, and none of a page that is gone."""

from __future__ import annotations

import docs.screenshots.__main__ as command
from docs.screenshots.pages import PAGES

#: Bytes that a picture may have.
MOST = 150_000


def test_there_is_a_picture_of_every_page_each_way_and_no_other() -> None:
    wanted = {f"{name}-{way}.webp" for name in PAGES for way in command.WAYS}
    assert {path.name for path in command.FOLDER.glob("*.webp")} == wanted


def test_each_is_small() -> None:
    for path in command.FOLDER.glob("*.webp"):
        content = path.read_bytes()
        assert content[:4] + content[8:12] == b"RIFFWEBP", path.name
        assert len(content) <= MOST, path.name
