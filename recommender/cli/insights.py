"""`recommender insights`: what one may say of a stored profile, or of those in files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from recommender.cli.common import Reader, data_option, existing, format_option, json_option, opened, print_json
from recommender.collection import Sight
from recommender.insights import ShownInsights, derive, shown_insights
from recommender.pool_url import PoolPlace
from recommender.wiring import Recommender


@click.command()
@click.argument("who", metavar="ID|PATH")
@data_option
@format_option
@json_option
def insights(who: str, data: PoolPlace | None, form: str | None, as_json: bool) -> int:
    """Highlights, persona and core skills of a stored profile (ID) or of every one in a file (PATH), with sources."""
    for profile_id, said in _said(who, data, form):
        if as_json:
            print_json({"profile_id": profile_id, **_values(said)})
        else:
            click.echo("\n".join([*([profile_id] if profile_id else []), *_lines(said), ""]))
    return 0


def _said(who: str, data: PoolPlace | None, form: str | None) -> Iterator[tuple[str | None, ShownInsights]]:
    if Path(who).is_file():
        with opened(data) as recommender:
            for profile in Reader(recommender, form).as_written(Path(who)):
                facts = _sight(recommender).facts(derive(profile, recommender.vocabulary))
                yield profile.id, shown_insights(profile, facts)
        return
    with existing(data) as recommender, recommender.collection.view() as view:
        row = [view.row(who)]
        yield who, shown_insights(view.profiles(row)[0], view.seen_by(_sight(recommender)).facts(row)[0])


def _sight(recommender: Recommender) -> Sight:
    return Sight(outlooks=recommender.settings.moves)


def _values(said: ShownInsights) -> dict[str, object]:
    return {name: getattr(said, name) for name in said.__struct_fields__}


def _lines(said: ShownInsights) -> Iterator[str]:
    for one in (*said.highlights, *([said.persona] if said.persona else [])):
        yield f"  {one.text}  [{one.source}: {', '.join(one.fields[:3])}{', …' if len(one.fields) > 3 else ''}]"
    if said.core_skills:
        yield f"  Core skills ({said.core_skills_source}): {', '.join(said.core_skills)}"
    if said.moving:
        share, ratio = f"{said.moving.probability:.0%}", said.moving.ratio
        yield f"  {share} of people with such jobs leave within a year, {ratio} times as many as usual for their work"
    if not (said.highlights or said.persona or said.core_skills):
        yield "  nothing that its fields bear out"


COMMANDS = (insights,)
