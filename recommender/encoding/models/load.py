"""`load_encoder`: from a model's name to an `Encoder`. Nothing heavy is imported here."""

from __future__ import annotations

from pathlib import Path

from recommender.encoding.encoder import Encoder
from recommender.encoding.models.cache import CachedEncoder
from recommender.encoding.models.onnx import OnnxEncoder
from recommender.encoding.models.sentence_transformer import SentenceTransformerEncoder
from recommender.encoding.models.together import TogetherEncoder
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError

#: The bundled all-MiniLM-L6-v2 with 8-bit products, and the same weights by torch in float32.
BUNDLED = DEFAULT, REFERENCE = "minilm", "minilm-torch"


def load_encoder(name: str = DEFAULT, threads: int | None = None) -> Encoder:
    """The encoder of this name: "minilm", "minilm-torch", a model's folder, or a name on the Hugging Face hub.

    A name is looked for in the hub's local cache only. Weights are read by the first `encode`. Raises `EncoderError`
    where there is no such model.

    Args:
        threads: cores that it is to use; all that this process may use where None.
    """
    if name == DEFAULT:
        return CachedEncoder(TogetherEncoder(OnnxEncoder(Weights.bundled(), threads=threads)))
    weights = Weights.bundled() if name == REFERENCE else Weights(_folder(name))
    return CachedEncoder(SentenceTransformerEncoder(weights, threads=threads))


def _folder(name: str) -> Path:
    if name and Path(name).is_dir():
        return Path(name).resolve()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    full_name = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(full_name, local_files_only=True))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as error:
        raise EncoderError(
            f"no model {name!r}: neither a folder nor in the local cache; "
            f'fix: give "{DEFAULT}" or the folder of a sentence-transformers model'
        ) from error
