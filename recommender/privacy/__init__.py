"""What of a profile is nobody's to see without leave: contact details, by their keys and by their patterns."""

from recommender.privacy.keys import is_contact_key
from recommender.privacy.patterns import EMAIL, LINK, PHONE, masked, masked_again, replaced
from recommender.privacy.profiles import contact_apart, masked_profile, scrubbed

__all__ = [
    "EMAIL",
    "LINK",
    "PHONE",
    "contact_apart",
    "is_contact_key",
    "masked",
    "masked_again",
    "masked_profile",
    "replaced",
    "scrubbed",
]
