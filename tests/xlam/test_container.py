"""Compression and container: whatever goes in comes out, as readers that we did not write see it."""

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream
from pyopenvba.vba import decompress as decompress_elsewhere

from jixiao.xlam.compression import compress
from jixiao.xlam.container import container
from jixiao.xlam.disguise import disguise

TEXTS = st.one_of(
    st.text(alphabet="ab\r\n ", max_size=9000),
    st.text(alphabet=st.characters(codec="ascii"), max_size=600),
    st.tuples(st.text(alphabet="xyz", min_size=1, max_size=40), st.integers(1, 400)).map(
        lambda two: two[0] * two[1]
    ),
)


@given(TEXTS)
def test_two_readers_unpack_what_was_packed(text):
    data = text.encode("ascii")
    packed = compress(data)
    assert bytes(decompress_stream(bytearray(packed))) == data
    assert decompress_elsewhere(packed) == data


def test_the_examples_of_the_specification():
    """MS-OVBA 3.2: text without repetition, and one letter 73 times, byte for byte."""
    assert compress(b"abcdefghijklmnopqrstuv.") == bytes.fromhex(
        "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E"
    )
    assert compress(b"a" * 73) == bytes.fromhex("01 03 B0 02 61 45 00")


def test_noise_is_refused_and_not_padded_with_zeros():
    noise = bytes(range(256)) * 15
    with pytest.raises(ValueError, match="shrink"):
        compress(bytes((byte * 167 + number * number) % 251 for number, byte in enumerate(noise)))


@given(
    st.dictionaries(
        st.from_regex(r"\A[A-Za-z][A-Za-z0-9]{0,30}\Z"),
        st.one_of(st.binary(max_size=200), st.integers(0, 20_000).map(lambda size: b"\xa5" * size)),
        max_size=30,
    ).filter(lambda streams: len({name.upper() for name in streams}) == len(streams))
)
def test_a_strict_reader_finds_every_stream_and_no_defect(streams):
    streams = {f"VBA/{name}": data for name, data in streams.items()} | {"PROJECT": b"x"}
    with olefile.OleFileIO(io.BytesIO(container(streams)), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert {"/".join(one) for one in file.listdir()} == set(streams)
        for name, data in streams.items():
            assert file.openstream(name).read() == data


def test_a_stream_as_long_as_the_writer_can_take_is_whole_and_a_longer_one_is_refused():
    longest = (109 * 127 - 1) * 512  # all that the header can name, less one sector for the directory
    data = container({"A": b"\x5a" * longest})
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.openstream("A").read() == b"\x5a" * longest
    with pytest.raises(ValueError, match="too long"):
        container({"A": b"\x5a" * (longest + 512)})


@given(st.binary(min_size=1, max_size=8), st.integers(0, 255))
def test_a_disguised_value_is_read_back_by_the_algorithm_of_the_specification(data, seed):
    """MS-OVBA 2.4.3.3 (Data Decryption)."""
    project = "{5B0C3C1E-6F4A-4E0B-9C57-3A1D7E2B9F64}"
    found = bytes.fromhex(disguise(data, project, seed))
    key = found[0] ^ found[2]
    assert (found[0] ^ found[1], key) == (2, sum(project.encode()) & 0xFF)
    plain, last, before = key, found[2], found[1]
    out = bytearray()
    for byte in found[3:]:
        plain = byte ^ ((before + plain) & 0xFF)
        before, last = last, byte
        out.append(plain)
    ignored = (seed & 6) // 2
    assert out[ignored:] == len(data).to_bytes(4, "little") + data
