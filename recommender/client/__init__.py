"""A typed client of the service, for threads (`Client`) and for event loops (`AsyncClient`).

::

    from recommender.client import Client

    with Client("http://localhost:8000", key="…") as client:
        answer = client.similar("sample-0001", k=5, where="location=Berlin")
        print(answer.headline.text, [match.profile_id for match in answer.matches])
"""

from recommender.client.asynchronous import AsyncClient
from recommender.client.calls import Uploaded
from recommender.client.client import Client
from recommender.client.failures import ServiceError
from recommender.client.retrying import Retries

__all__ = ["AsyncClient", "Client", "Retries", "ServiceError", "Uploaded"]
