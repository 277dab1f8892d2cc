"""Files that are many times what they look: each has its limit, which is named with the remedy."""

from __future__ import annotations

import gzip
import random
import zlib
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.limits import Limits
from recommender.profile import Profile
from recommender.reading import Rejected, read_path
from recommender.skills import Vocabulary
from tests.reading.conftest import Reader
from tests.reading.files import _with_table, docx, lines_pdf
from tests.reading.warm import WARM


def parquet(table: pa.Table) -> bytes:
    buffer = BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def drawn(operators: bytes) -> bytes:
    """A PDF of one page drawn by these operators, packed."""
    packed = zlib.compress(operators)
    fonts = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return _with_table(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R " + fonts + b" >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        ],
        b"",
    )


def test_equal_rows_of_parquet_are_read_until_they_unpack_to_too_much(read: Reader) -> None:
    content = parquet(pa.table({"name": ["Li Wen"] * 100_000, "about": ["I weld at night. " * 4] * 100_000}))
    assert len(content) < 10_000
    *read_rows, last = read(content, limits=Limits(unpacked_bytes=100_000))
    assert 500 < len(read_rows) < 2_000
    assert all(isinstance(row, Profile) for row in read_rows)
    assert isinstance(last, Rejected)
    assert last.place == f"row {len(read_rows) + 1}"
    assert "unpacks to more than 100,000 bytes (limits.unpacked_bytes)" in last.reason


def test_rows_of_parquet_that_repeat_a_long_text_end_for_want_of_memory(read: Reader) -> None:
    content = parquet(pa.table({"name": ["a" * 2_000_000] * 300}))
    rejected = read.rejected(content, limits=Limits(decode_memory=600 * 2**20, unpacked_bytes=2**30))
    assert "more than 600 MiB of memory" in rejected.reason


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_table_of_too_many_columns(read: Reader, kind: str) -> None:
    names = ["name", "title", *(f"c{number}" for number in range(20))]
    table = pa.table({name: ["x"] for name in names})
    content = parquet(table) if kind == "parquet" else (",".join(names) + "\n" + ",".join("x" * 22)).encode()
    rejected = read.rejected(content, kind, limits=Limits(table_columns=10))
    assert "the table has 22 columns; more than 10 (limits.table_columns)" in rejected.reason


def test_a_row_of_csv_that_is_too_long_costs_itself_alone(read: Reader) -> None:
    outcomes = read(f"name,about\nLi,{'a' * 5_000}\nLu Fen,I weld.\n", "csv", limits=Limits(record_bytes=1_000))
    first, second = outcomes
    assert isinstance(first, Rejected)
    assert "the row is longer than 1,000 characters (limits.record_bytes)" in first.reason
    assert isinstance(second, Profile)
    assert second.name == "Lu Fen"


def test_a_cell_of_csv_that_never_closes_is_not_collected_for_ever(read: Reader) -> None:
    content = 'name,about\nLi,"' + "a\n" * 5_000
    first, *_ = read(content, "csv", limits=Limits(record_bytes=1_000))
    assert isinstance(first, Rejected)
    assert "the row is longer than 1,000 characters (limits.record_bytes)" in first.reason


def test_a_first_line_of_json_that_is_too_long_costs_itself_alone(read: Reader) -> None:
    content = '{"name": "' + "a" * 5_000 + '"}\n{"name": "Lu Fen"}\n'
    first, second = read(content, limits=Limits(record_bytes=1_000))
    assert isinstance(first, Rejected)
    assert isinstance(second, Profile)
    assert "longer than 1,000 bytes (limits.record_bytes)" in first.reason


@pytest.mark.parametrize(
    ("operators", "marks"), [(b"BT /F1 10 Tf 72 700 Td (%s) Tj ET", b"a"), (b"%s", b"1 1 2 2 re f\n")]
)
def test_a_page_of_pdf_that_draws_without_end_costs_itself_alone(read: Reader, operators: bytes, marks: bytes) -> None:
    rejected = read.rejected(drawn(operators % (marks * 200_000)))
    assert "no text stands in this PDF" in rejected.reason
    assert "draws more than 25,000 letters and lines" in read.notices[0].message


def test_a_document_of_too_many_paragraphs(read: Reader) -> None:
    rejected = read.rejected(docx(["I weld."] * 30), limits=Limits(docx_paragraphs=20))
    assert "more than 20 (limits.docx_paragraphs)" in rejected.reason


@pytest.mark.parametrize("kind", ["text", "page"])
def test_a_text_larger_than_a_document(read: Reader, kind: str) -> None:
    rejected = read.rejected(b"a " * 100, kind, limits=Limits(document_bytes=100))
    assert "larger than 100 bytes (limits.document_bytes)" in rejected.reason


def test_a_gzip_that_unpacks_to_too_much_keeps_what_stands_before(read: Reader) -> None:
    lines = b'{"name": "Li Wen"}\n' * 100_000
    *profiles, last = read(gzip.compress(lines), limits=Limits(unpacked_bytes=1_000_000))
    assert len(profiles) > 40_000
    assert isinstance(last, Rejected)
    assert "unpacks to more than 1,000,000 bytes (limits.unpacked_bytes)" in last.reason


def test_a_large_gzip_may_unpack_to_many_times_its_size(read: Reader) -> None:
    noise = random.Random(7).randbytes(3_000).hex().encode()
    content = gzip.compress(b'{"name": "Li Wen", "extras": {"note": "' + noise + b'"}}\n')
    assert isinstance(read(content, limits=Limits(unpacked_bytes=1_000, unpacked_times=40))[0], Profile)


def test_more_roles_than_anyone_has(read: Reader) -> None:
    content = '{"name": "Li", "roles": [' + ",".join(['{"title": "Nurse"}'] * 11) + "]}\n"
    first, second = read(f'{content}{{"name": "Lu Fen"}}\n', limits=Limits(roles=10))
    assert isinstance(second, Profile)
    assert isinstance(first, Rejected)
    assert (first.place, first.field) == ("line 1", "roles")
    assert "11 roles; more than 10 (limits.roles)" in first.reason


def test_a_profile_that_says_more_than_anyone_does(read: Reader) -> None:
    limits = Limits(profile_characters=1_000)
    assert (
        "more than 1,000 (limits.profile_characters)"
        in read.rejected(b'{"about": "' + b"a" * 1_000 + b'"}', limits=limits).reason
    )
    [kept] = read(
        '{"name": "Li", "extras": {"note": "' + "a" * 1_000 + '"}, "about": "' + "ü" * 600 + '"}', limits=limits
    )
    assert isinstance(kept, Profile)


def test_messages_quote_no_more_than_is_fit_to_be_shown(read: Reader) -> None:
    read('{"name": "Li", "roles": [{"start": "' + "soon" * 10_000 + '"}]}')
    [notice] = read.notices
    assert len(notice.message) < 700
    assert notice.message.endswith("left empty")


def test_other_files_of_a_run_go_on(tmp_path: Path) -> None:
    content = {"a.pdf": b"%PDF-1.4\n" + b"[" * 300_000, "b.pdf": lines_pdf(["Ines Halvorsen", "Nurse"])}
    for name, raw in content.items():
        (tmp_path / name).write_bytes(raw)
    outcomes = [
        outcome
        for name in content
        for outcome in read_path(tmp_path / name, vocabulary=Vocabulary.shipped(), on_notice=print, decoder=WARM)
    ]
    assert [type(outcome) for outcome in outcomes] == [Rejected, Profile]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_an_array_of_very_many_is_read_as_far_as_it_is_asked_for(read: Reader) -> None:
    """More than 200,000 members, one of them broken; brackets without end are no array."""
    content = b"[" + b'{"title": "Nurse"},' * 210_000 + b'{"title": "Cook" oops}, {"title": "Chef, [pastry]"}] {}'
    outcomes = read(content)
    assert len(outcomes) == 210_003
    assert all(isinstance(outcome, Profile) for outcome in outcomes[:210_000])
    broken, last, after = outcomes[210_000:]
    assert isinstance(broken, Rejected)
    assert broken.place == "record 210001"
    assert isinstance(last, Profile)
    assert last.title == "Chef, [pastry]"
    assert isinstance(after, Rejected)
    assert "what follows the end of the array" in after.reason
    (endless,) = read(b"[" * 1_000_000)
    assert isinstance(endless, Rejected)
    assert "the array is broken here" in endless.reason
