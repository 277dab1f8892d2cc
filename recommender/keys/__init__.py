"""Keys to the service: who may ask it, and for what. Kept as hashes, in a file of their own outside the pool."""

from recommender.keys.key import Key, Scope
from recommender.keys.known import KnownKeys
from recommender.keys.store import KeyFile

__all__ = ["Key", "KeyFile", "KnownKeys", "Scope"]
