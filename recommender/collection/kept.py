"""Numbers that a pool holds already: whose they are, and those of a profile that need not be encoded again.

Not for speed: an encoder's last digits differ between kinds of processor (docs/decisions/0069), and a profile put
back as it was got, which says the same of its work, must not change a score.
"""

from __future__ import annotations

from recommender.collection.protocol import View
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.text.identity import blinded
from recommender.errors import ProfileNotFound
from recommender.insights import derive
from recommender.profile import Profile


def made_by(view: View, encoder: ProfileEncoder) -> bool:
    """Whether what a view holds was made by this encoder, or nothing was ever stored: else no number compares."""
    return view.fingerprint in (None, encoder.fingerprint)


def kept(view: View, profile: Profile, encoder: ProfileEncoder) -> EncodedProfile | None:
    """The profile with the numbers stored under its id, where all that they are made of is there as it is."""
    if not made_by(view, encoder):
        return None
    try:
        row = [view.row(profile.id or "")]
    except ProfileNotFound:
        return None
    facts = derive(profile, encoder.vocabulary)
    same_work = blinded(profile, encoder.vocabulary) == blinded(view.profiles(row)[0], encoder.vocabulary)
    if not same_work or facts != view.facts(row)[0]:
        return None
    return EncodedProfile(profile, facts, view.vectors(row)[0], view.features(row), encoder.fingerprint)
