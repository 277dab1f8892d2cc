"""`canonical_filter`: a filter as people write it → as the pool names skills, places, companies and levels."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recommender.collection.filter import Filter, check_depth
from recommender.collection.keys import KEYS, place_name
from recommender.skills import Vocabulary

#: Key of a filter → value as it is asked for → its name.
Names = Mapping[str, Mapping[str, str]]


def canonical_filter(where: Filter, vocabulary: Vocabulary) -> Filter:
    """The same filter with every value by the name that stored ones go by; a canonical one comes out as it is.

    "k8s" → "Kubernetes", "München" → "munich", "Berlin, DE" → "berlin, germany", "ACME, Inc." → "acme",
    "Sr." → "senior", "WFH" → "remote". Raises `FilterError` for a level or workplace that there is not.
    """
    check_depth(where)
    return _canonical(where, vocabulary)


def _canonical(where: Filter, vocabulary: Vocabulary) -> Filter:
    own = renamed(where, canonical_names(where, vocabulary))
    return own.with_parts([_canonical(part, vocabulary) for _, part in where.parts()])


def canonical_names(where: Filter, vocabulary: Vocabulary) -> Names:
    """The names that stored values have of those asked for; raises `FilterError` as `canonical_filter` does.

    The filters within it have names of their own.
    """
    forms = {name: key.form_by(vocabulary) for name, key in KEYS.items()} | {"location": place_name}
    return {
        key: {value: form(value) for value in values} for key, form in forms.items() if (values := getattr(where, key))
    }


def renamed(where: Filter, names: Names) -> Filter:
    """The filter by these names, each once."""
    values = {key: tuple(dict.fromkeys(of_key.values())) for key, of_key in names.items()}
    return msgspec.structs.replace(where, **values) if values else where
