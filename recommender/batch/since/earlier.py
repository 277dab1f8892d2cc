"""`Earlier`: an earlier file of the same questions, and what of it still holds or follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender import private
from recommender.batch.basis.gather import plan_of
from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import Origin, Rested, basis_of, origin_in, read, write
from recommender.batch.forms.form import Parquet
from recommender.batch.forms.rows import BareRow, bare_rows
from recommender.batch.pieces import Asking
from recommender.batch.since.update import Updated, Updater
from recommender.batch.working import WorkingFolder
from recommender.collection import View, resolve
from recommender.matching import Matcher, Ranks


class Earlier(NamedTuple):
    """An earlier file.

    Attributes:
        run: what a run has to be of for its answers to be compared.
        on_notice: is told where nothing of it can be used, and why.
    """

    out: Path
    run: str
    on_notice: Callable[[str], None]

    def known(
        self, working: WorkingFolder, matcher: Matcher, view: View, asking: Asking, everybody: list[str]
    ) -> tuple[int, list[str]]:
        """Keep in the working folder what follows from it; of how many, and who has to be asked about anew."""
        found = self._updater(matcher, view, asking)
        if isinstance(found, str):
            self.on_notice(f"{self.out}: {found}; everybody is matched anew")
            return 0, everybody
        updater, origin = found
        followed: set[str] = set()
        rows: list[BareRow] = []

        def rested() -> Iterator[Rested]:
            for part in read(basis_of(self.out)):
                for one in filter(None, updater.updated(part)):
                    (name,) = view.ids([one.row])
                    followed.add(name)
                    rows.extend(bare_rows(name, _ranks(matcher, view, one), view.generation))
                    yield one.rested

        write(working.known_basis, rested(), origin)
        with private.create(working.known) as file:
            file.write(Parquet().encode(rows, "bare"))
        return len(followed), [one for one in everybody if one not in followed]

    def _updater(self, matcher: Matcher, view: View, asking: Asking) -> tuple[Updater, Origin] | str:
        """What brings its answers up; or why nothing of it can be used."""
        pool = matcher.collection
        assert isinstance(pool, Numbered)
        try:
            origin = origin_in(basis_of(self.out))
        except (OSError, KeyError, TypeError, ValueError):
            return "it has no basis beside it"
        if origin.run != self.run:
            return "it is of other questions, or of another version"
        changes = pool.changes(origin.generation) if origin.pool == pool.pool else None
        if changes is None or origin.segment != pool.segment:
            return "the pool's derived files were renewed since"
        arrived, departed = changes
        if not origin.plan or origin.plan not in _plans(matcher, view, asking, arrived):
            return "the nearest are searched for otherwise than they were"
        named = resolve(view, asking.where, matcher.profile_encoder.vocabulary).where
        newcomers = np.intersect1d(arrived, view.rows(named))
        by_graph = origin.plan.startswith("graph")
        return Updater(matcher, view, pool, departed, newcomers, asking.k, by_graph=by_graph), origin


def _plans(matcher: Matcher, view: View, asking: Asking, arrived: NDArray[np.int64]) -> set[str]:
    """How the nearest of somebody who has been there for long are found now."""
    stayed = np.setdiff1d(view.rows(), arrived)[:8]
    found = matcher.neighbourhoods(view.ids(stayed), asking.k, asking.where, view)
    return {plan_of(view, one) for one in found if one is not None}


def _ranks(matcher: Matcher, view: View, one: Updated) -> Ranks:
    scores = one.scores.tolist()
    return Ranks(view.ids(one.rows), scores, [matcher.band(score) for score in scores])
