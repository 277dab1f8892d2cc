"""Every error this package raises on purpose, one tree.

::

    RecommenderError                 catch this to catch them all
    ├── SettingsError                a setting is unknown or out of its range
    ├── ReadingError                 a file or record cannot be read as a profile
    │   └── ProfileTooLong           a profile takes too long to read; nothing is truncated
    ├── AccessError                  the file of keys or the audit log cannot be read, written or believed
    ├── VocabularyError              a skill vocabulary or taxonomy file is not usable
    ├── EncoderError                 the model is missing, altered or not loadable
    ├── ScoringConfigError           the scoring configuration lacks a signal or has one too many
    ├── QueryError                   a question that cannot be asked (k out of range, nothing to be like)
    │   └── FilterError              a `where` that is not a filter; names the key
    ├── CollectionError              the pool cannot do what was asked
    │   ├── ProfileNotFound          no profile with this id
    │   ├── PoolNotFound             no pool in this folder, or no longer
    │   ├── FingerprintMismatch      vectors made by another encoder or vocabulary
    │   ├── CollectionCorrupt        a stored file does not match its checksum or its neighbours
    │   ├── CollectionReadOnly       disk full, read-only media, or locked by another writer
    │   └── CollectionUnreachable    the server that holds the pool, or a part of it, does not answer
    ├── BatchError                   an offline match that cannot go on, or must not be begun
    ├── EvaluationError              judgments that cannot be used
    ├── ServiceError                 what a service that is asked over HTTP refuses (`client.failures`)
    └── ProblemError                 what the service alone refuses, with its HTTP status (`service.problems`)

Messages are one line, name the record, and end with the remedy, after "; ". What is wrong with a pool's derived files
has none: it goes to the log, and the files are built anew.

Outside the tree lies what one part of the package tells another and no caller sees (`BuildStopped`, `DoesNotFit`,
`TooLarge`, `TooManyMarks`), and `Terminated`, which is a `KeyboardInterrupt`.
"""

from __future__ import annotations


class RecommenderError(Exception):
    """Base of the tree; `str(error)` is one line fit to be shown to the user."""


class SettingsError(RecommenderError):
    """A setting is unknown or out of its range."""


class ReadingError(RecommenderError):
    """A file or record cannot be read as a profile."""


class ProfileTooLong(ReadingError):
    """A profile that would take too long to read; nothing of it is truncated, so nothing is read."""


class AccessError(RecommenderError):
    """The file of keys or the audit log cannot be read or written, or a name in it is taken."""


class VocabularyError(RecommenderError):
    """A skill vocabulary or taxonomy file is not usable."""


class EncoderError(RecommenderError):
    """The model is missing, altered or not loadable."""


class ScoringConfigError(RecommenderError):
    """The scoring configuration lacks a signal, or has one that is not measured."""


class QueryError(RecommenderError):
    """A question that cannot be asked."""


class FilterError(QueryError):
    """A `where` that is not a filter; the message names the key."""


class CollectionError(RecommenderError):
    """The pool cannot do what was asked."""


class ProfileNotFound(CollectionError):
    """No profile with this id is in the pool."""

    def __init__(self, profile_id: str) -> None:
        super().__init__(f"no profile with id {profile_id!r} in this pool; check the id")
        self.profile_id = profile_id


class PoolNotFound(CollectionError):
    """There is no pool in this folder: nothing, other things, or no longer what was there."""


class FingerprintMismatch(CollectionError):
    """The pool holds vectors of another encoder, vocabulary or version of the code that represents profiles."""


class CollectionCorrupt(CollectionError):
    """A stored file does not match its checksum or its neighbours."""


class CollectionReadOnly(CollectionError):
    """The pool cannot be written: disk full, read-only media, or another writer."""


class CollectionUnreachable(CollectionError):
    """The pool's server, or one of those that hold a part of it, does not answer: nothing incomplete is answered."""


class BatchError(RecommenderError):
    """An offline match that cannot go on, or that must not be begun as things are."""


class EvaluationError(RecommenderError):
    """Judgments or runs that cannot be used."""
