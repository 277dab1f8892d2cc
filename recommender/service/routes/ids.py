"""How an id is in a path: anything but what another route says, so that no route shadows an id."""

from __future__ import annotations

from starlette.convertors import PathConvertor, register_url_convertor


class ProfileIdConvertor(PathConvertor):
    """An id may hold slashes; it is not empty, does not end in "/similar", and no line ends after it."""

    regex = r".+(?<!/similar)(?!\n)"


register_url_convertor("profile_id", ProfileIdConvertor())
