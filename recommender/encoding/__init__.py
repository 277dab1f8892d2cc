"""Profile → encoded profile: blinded passages, embeddings, weighted terms and skills."""

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.encoder import Encoder
from recommender.encoding.models import load_encoder
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.statistics import Statistics

__all__ = ["EncodedProfile", "Encoder", "ProfileEncoder", "Statistics", "load_encoder"]
