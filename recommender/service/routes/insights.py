"""`/v1/profiles/{id}/insights`: what one may say of a stored person, each sentence with its sources."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from recommender.insights import ShownInsights, shown_insights
from recommender.messages import InsightsAnswer
from recommender.service.documentation import documented
from recommender.service.exposure import shown
from recommender.service.running import running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])


@router.get("/{profile_id:profile_id}/insights", **documented(InsightsAnswer, problems=(404, 503)))
async def get_insights(request: Request, profile_id: str) -> Response:
    """Highlights, persona and core skills of a stored person: those of the page where it brings them, else derived."""
    here = running(request)

    def fetch() -> Response:
        with here.view(request) as view:
            row = [view.row(profile_id)]
            (profile,), (facts,) = shown(request, *view.profiles(row)), view.facts(row)
            said = shown_insights(profile, facts)
            values = {name: getattr(said, name) for name in ShownInsights.__struct_fields__}
            return reply(InsightsAnswer(profile_id=profile_id, generation=view.generation, **values))

    return await here.work(request, fetch)
