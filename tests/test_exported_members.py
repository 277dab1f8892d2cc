"""The front door: few names, all real, and light to open."""

from __future__ import annotations

import subprocess
import sys

import recommender


def test_all_names_exactly_the_public_names() -> None:
    public = {name for name in dir(recommender) if not name.startswith("_")}
    modules = {name for name in public if type(getattr(recommender, name)).__name__ == "module"}
    assert set(recommender.__all__) == public - modules
    assert len(recommender.__all__) <= 12


def test_importing_it_loads_no_model_library() -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'onnxruntime'}"
    code = f"import sys; from recommender import *; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
