"""The verbs that begin what somebody did."""

from __future__ import annotations

from recommender.insights.prose.words import rows

#: Verb, in every form in which it begins a clause → how much it says that the deed was its subject's own, 0 to 2.
VERBS = {form: float(points) for points, forms in rows("prose/verbs.tsv") for form in forms.split()}
MOST_OF_VERB = max(VERBS.values())
