"""The processes that decode: reused, replaced when a file breaks them, and gone with whoever asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.decoding import Decoder, Job, Refused, Text, decoder
from recommender.limits import Limits
from tests.reading.files import lines_pdf

NURSE = lines_pdf(["Ines Halvorsen", "Nurse"])
#: A PDF without a table of its objects, which have to be looked for: that takes many seconds.
MANY_OBJECTS = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n<<>>\nendobj\n" % number for number in range(200_000))


@pytest.fixture
def warm() -> Iterator[Decoder]:
    with Decoder() as one:
        yield one


def process_of(warm: Decoder) -> int:
    [idle] = warm._idle
    return idle._process.pid


def test_one_process_reads_one_file_after_the_other(warm: Decoder) -> None:
    pids = set()
    for _ in range(3):
        assert list(warm.decode("pdf", BytesIO(NURSE), Limits())) == [Text("Ines Halvorsen\nNurse")]
        pids.add(process_of(warm))
    assert len(pids) == 1


def test_a_process_makes_room_after_so_many_files(warm: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "_FILES_EACH", 2)
    list(warm.decode("pdf", BytesIO(NURSE), Limits()))
    first = process_of(warm)
    list(warm.decode("pdf", BytesIO(NURSE), Limits()))
    assert warm._idle == []
    list(warm.decode("pdf", BytesIO(NURSE), Limits()))
    assert process_of(warm) != first


def _long_rows() -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.table({"name": ["a" * 2_000_000] * 300}), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("job", "content", "limits", "message"),
    [
        ("pdf", MANY_OBJECTS, Limits(decode_seconds=1), "more than 1 s of processor time"),
        ("parquet", _long_rows(), Limits(decode_memory=600 * 2**20, unpacked_bytes=2**30), "600 MiB of memory"),
    ],
    ids=["time", "memory"],
)
def test_a_file_that_takes_too_much_is_refused_and_the_next_one_is_read(
    warm: Decoder, job: Job, content: bytes, limits: Limits, message: str
) -> None:
    *_, refused = list(warm.decode(job, BytesIO(content), limits))
    assert isinstance(refused, Refused)
    assert message in refused.reason
    assert warm._idle == []
    assert list(warm.decode("pdf", BytesIO(NURSE), Limits())) == [Text("Ines Halvorsen\nNurse")]


def test_a_process_that_is_killed_costs_its_file_alone(warm: Decoder) -> None:
    list(warm.decode("pdf", BytesIO(NURSE), Limits()))
    os.kill(process_of(warm), signal.SIGKILL)
    outcomes = [list(warm.decode("pdf", BytesIO(NURSE), Limits())) for _ in range(2)]
    assert isinstance(outcomes[0][0], Refused)
    assert outcomes[1] == [Text("Ines Halvorsen\nNurse")]


def test_threads_are_served_side_by_side(warm: Decoder) -> None:
    def text(number: int) -> str:
        [part] = warm.decode("pdf", BytesIO(lines_pdf([f"Nurse {number}"])), Limits())
        assert isinstance(part, Text)
        return part.text

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(text, range(24))) == [f"Nurse {number}" for number in range(24)]
    assert 1 <= len(warm._idle) <= decoder._MOST


def test_leaving_off_in_the_middle_ends_the_process(warm: Decoder) -> None:
    parts = warm.decode("zip", BytesIO(b"PK"), Limits())
    next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert warm._idle == []


def test_a_file_larger_than_a_document_is_refused_without_a_process(warm: Decoder) -> None:
    [refused] = warm.decode("docx", BytesIO(b"x" * 11), Limits(document_bytes=10))
    assert isinstance(refused, Refused)
    assert "larger than 10 bytes" in refused.reason
    assert warm._idle == []


def test_the_process_loads_no_model_and_no_index() -> None:
    heavy = "{'torch', 'faiss', 'onnxruntime', 'pydantic', 'fastapi'}"
    code = f"import sys, recommender.decoding.child; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_killed_asker_leaves_no_process(tmp_path: Path) -> None:
    """The asker is killed while its process waits; that ends by itself."""
    code = (
        "import time; from io import BytesIO; from recommender.decoding import Decoder; "
        "from recommender.limits import Limits; warm = Decoder(); "
        "list(warm.decode('zip', BytesIO(b'PK'), Limits())); "
        "print(warm._idle[0]._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as asker:
        assert asker.stdout is not None
        pid = int(asker.stdout.readline())
        asker.kill()
    deadline = time.monotonic() + 30
    while _lives(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
