"""`derive`: facts as they are without insights, and the insights beside them."""

from recommender.facts import derive as derive_facts
from recommender.insights import derive
from recommender.skills import Vocabulary
from tests.golden.make_encoded import PEOPLE

V = Vocabulary.shipped()


def test_the_facts_are_those_that_are_derived_without_insights() -> None:
    for person in PEOPLE:
        facts, whole = derive_facts(person, V), derive(person, V)
        assert {name: getattr(whole, name) for name in facts.__struct_fields__} == {
            name: getattr(facts, name) for name in facts.__struct_fields__
        }
