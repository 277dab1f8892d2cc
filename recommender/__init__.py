"""Similar professional profiles: who is like this person, why, and how many more are there.

::

    from recommender import Query, Recommender, Settings

    with Recommender(Settings.load(data="index_data/pool")) as recommender:
        answer = recommender.similar(Query(like=("sample-0001",), k=10))
        print(answer.headline.text, [match.profile_id for match in answer.matches])
"""

from recommender.collection import Filter
from recommender.errors import RecommenderError
from recommender.matching import Answer, Match, Query
from recommender.profile import Profile
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.wiring import Recommender

__all__ = ["Answer", "Filter", "Match", "Profile", "Query", "Recommender", "RecommenderError", "Settings", "Vocabulary"]
