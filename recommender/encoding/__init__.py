"""Profile → encoded profile: blinded passages, embeddings, weighted terms and skills."""

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.encoder import Encoder
from recommender.encoding.fingerprint import facts_alone_differ
from recommender.encoding.models.cores import cores
from recommender.encoding.models.load import BUNDLED, load_encoder
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.vector_file import PrecomputedEncoder, RecordingEncoder, VectorFile

__all__ = [
    "BUNDLED",
    "EncodedProfile",
    "Encoder",
    "PrecomputedEncoder",
    "ProfileEncoder",
    "RecordingEncoder",
    "VectorFile",
    "cores",
    "facts_alone_differ",
    "load_encoder",
]
