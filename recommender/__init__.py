"""Similar professional profiles: who is like this person, why, and how many more are there.

::

    from recommender import Query, Recommender, Settings

    with Recommender(Settings.load(data="index_data/pool")) as recommender:
        answer = recommender.similar(Query(like=("sample-0001",), k=10))
        print(answer.headline.text, [match.profile_id for match in answer.matches])
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING

if _TYPE_CHECKING:
    from recommender.collection import Filter
    from recommender.errors import RecommenderError
    from recommender.matching import Answer, Match, Query
    from recommender.profile import Profile
    from recommender.settings import Settings
    from recommender.skills import Vocabulary
    from recommender.wiring import Recommender

__all__ = ["Answer", "Filter", "Match", "Profile", "Query", "Recommender", "RecommenderError", "Settings", "Vocabulary"]

#: Where each name lives. It is imported when first asked for: the processes that decode files need none of them.
_HOMES = {
    "Answer": "matching",
    "Filter": "collection",
    "Match": "matching",
    "Profile": "profile",
    "Query": "matching",
    "Recommender": "wiring",
    "RecommenderError": "errors",
    "Settings": "settings",
    "Vocabulary": "skills",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
