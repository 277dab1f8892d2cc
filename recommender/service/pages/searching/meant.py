"""A text that is the very name of a person or a value: the page that it means."""

from __future__ import annotations

from urllib.parse import quote

from recommender.collection import SUGGESTED, Suggestion, SuggestionKind, View
from recommender.errors import ProfileNotFound
from recommender.facts import gazetteer, plain_words
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.facets import BY_NAME
from recommender.skills import Vocabulary

#: Suggestions among which the value itself is looked for.
LOOKED_THROUGH = 5


def meant(view: View, text: str, vocabulary: Vocabulary) -> str | None:
    """The path of the page below the root; None for a text that is no name and no value, which asks in words.

    A person comes first, then the value that most people have.
    """
    try:
        view.row(text)
    except ProfileNotFound:
        pass
    else:
        return person_path(text)
    same = [one for kind in SUGGESTED for one in view.suggest(text, [kind], LOOKED_THROUGH) if _is(one, text)]
    if named := next((one for one in same if one.kind == "name"), None):
        return named_path(named)
    skill = vocabulary.canonical(text)
    if count := view.count(BY_NAME["skill"].positive((skill,))):
        same.append(Suggestion("skill", skill, count))
    best = max(same, key=lambda one: one.count, default=None)
    return value_path(best.kind, best.value) if best else None


def person_path(profile_id: str) -> str:
    """ "ada" → "/profiles/ada"."""
    return f"/profiles/{quote(profile_id)}"


def named_path(one: Suggestion) -> str:
    """The page of somebody by a name that is suggested, or the list of those who share it."""
    if one.count == 1 and one.profile_ids:
        return person_path(one.profile_ids[0])
    return value_path("name", one.value)


def value_path(kind: SuggestionKind, value: str) -> str:
    """The list of those who have a value."""
    match kind:
        case "name":
            choices = Choices(name=value)
        case "title":
            choices = Choices(title=value)
        case "company":
            choices = Choices(company_ever=(value,))
        case "skill":
            choices = Choices(skill=(value,))
        case "place":
            choices = Choices().with_one(gazetteer().levels_named(value)[0], value)
    return f"/profiles?{choices.query()}"


def _is(one: Suggestion, text: str) -> bool:
    """Whether a text says all of a value; of names the order of words does not count."""
    said, asked = plain_words(one.value), plain_words(text)
    return sorted(said) == sorted(asked) if one.kind == "name" else said == asked
