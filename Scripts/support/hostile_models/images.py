"""Images of few bytes and many pixels."""
import struct
import zlib

import numpy as np

from .hostile import array, computing, model, node


def _decoding(content, declared_bytes=0, **attributes):
    return computing("ImageDecoder", np.frombuffer(content, np.uint8), opset=20, declared_bytes=declared_bytes,
                     **attributes)


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width, height, depth, color, data, interlace=0, more=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + more + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _deflated(count):
    """`count` zeros. Blocks that begin anew can be repeated, which is quicker than to pack them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(bytes(count % (1 << 20))) + packer.flush()
    checksum = struct.pack(">I", count % 65_521 << 16 | 1)
    return b"\x78\xda" + block * (count >> 20) + last + checksum


def png_of_65535():
    return _decoding(_png(65_535, 65_535, 1, 0, _deflated(65_535 * 8_193)))


def png_within_the_limit():
    """2^28 pixels of one bit, whole."""
    return _decoding(_png(1 << 14, 1 << 14, 1, 0, _deflated((1 << 14) * ((1 << 11) + 1))), 1 << 31)


def png_interlaced():
    return _decoding(_png(9_000, 9_000, 8, 2, b"\x78\x9c", 1), 1 << 31)


def png_with_a_profile():
    """A profile and a text that unpack to hundreds of megabytes."""
    packed = _deflated(400 << 20)
    more = _chunk(b"iCCP", b"p\0\0" + packed) + _chunk(b"zTXt", b"t\0\0" + packed)
    return _decoding(_png(1, 1, 8, 0, zlib.compress(b"\0\0"), more=more))


def _jpeg_segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _jpeg(width, height, scans, progressive=True, components=1):
    ids = range(1, components + 1)
    frame = struct.pack(">BHHB", 8, height, width, components) + b"".join(bytes([k, 0x11, 0]) for k in ids)
    # A table of one code of one bit, for DC a difference of 0; for AC the end of 32,767 blocks.
    dc = bytes([0x00, 1] + [0] * 15 + [0x00])
    ac = bytes([0x10, 1] + [0] * 15 + [0xE0])
    return (b"\xff\xd8" + _jpeg_segment(0xDB, bytes([0] + [1] * 64))
            + _jpeg_segment(0xC2 if progressive else 0xC0, frame) + _jpeg_segment(0xC4, dc) + _jpeg_segment(0xC4, ac)
            + b"".join(scans) + b"\xff\xd9")


def _scan(first, last, high, low, data, tables=0x00):
    return _jpeg_segment(0xDA, bytes([1, 1, tables, first, last, high << 4 | low])) + data


def jpeg_of_65500():
    return _decoding(_jpeg(65_500, 65_500, [_scan(0, 0, 0, 0, bytes(1_000))]))


def jpeg_of_many_scans():
    """The bits of 2^22 blocks are refined again and again, in a few bytes each time."""
    runs = bytes(2 * (1 << 22) // 32_767 // 8 * 15 + 100)
    scans = [_scan(0, 0, 0, 1, bytes((1 << 22) // 8))] + [_scan(1, 63, 0, 13, runs)] * 400
    return _decoding(_jpeg(1 << 14, 1 << 14, scans), 1 << 31)


def jpeg_cut_short():
    """A baseline image of 2^28 pixels, of which nothing is there."""
    return _decoding(_jpeg(1 << 14, 1 << 14, [_scan(0, 63, 0, 0, b"")], progressive=False), 1 << 31)


def webp_of_16384():
    """VP8L: five codes of one symbol each, so that no pixel takes a bit."""
    bits, place = 0, 0
    fields = [(8, 0x2F), (14, 16_383), (14, 16_383), (1, 0), (3, 0), (1, 0), (1, 0), (1, 0)]
    fields += [(1, 1), (1, 0), (1, 0), (1, 0)] * 5
    for width, number in fields:
        bits |= number << place
        place += width
    data = bits.to_bytes((place + 7) // 8 + 8, "little")
    data += b"\0" * (len(data) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data
    return _decoding(b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk, 1 << 31)


def _tiff(entries, content=b""):
    """`content` stands at byte 8, and the directory behind it."""
    directory = struct.pack("<H", len(entries))
    for tag, kind, count, number in sorted(entries):
        directory += struct.pack("<HHII", tag, kind, count, number)
    content += b"\0" * (len(content) % 2)
    return b"II*\0" + struct.pack("<I", 8 + len(content)) + content + directory + b"\0" * 4


def tiff_of_a_huge_extent():
    return _decoding(_tiff([
        (256, 4, 1, 0x7FFFFFFF), (257, 4, 1, 0x7FFFFFFF), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 0x7FFFFFFF), (279, 4, 1, 0x7FFFFFFF)]))


def tiff_deflated():
    """9,000 x 9,000 pixels out of a strip of 300 kB."""
    data = _deflated(9_000 * 9_000)
    return _decoding(_tiff([
        (256, 4, 1, 9_000), (257, 4, 1, 9_000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8),
        (277, 3, 1, 1), (278, 4, 1, 9_000), (279, 4, 1, len(data))], data), 1 << 31)


def tiff_in_a_circle():
    """A directory that follows itself, and tags of 2^32 entries."""
    made = bytearray(_tiff([
        (256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 0xFFFFFFFF, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 0xFFFFFFFF, 8), (279, 4, 0xFFFFFFFF, 8)]))
    made[-4:] = made[4:8]
    return _decoding(bytes(made))


def _jpeg2000(width, height, tile, components=3, depth=7):
    size = struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, tile, tile, 0, 0, components)
    size += bytes([depth, 1, 1]) * components
    style = struct.pack(">BBHBBBBBB", 0, 0, 0xFFFF, 0, 32, 4, 4, 0, 1)
    return (b"\xff\x4f" + _jpeg_segment(0x51, size) + _jpeg_segment(0x52, style)
            + _jpeg_segment(0x5C, b"\x22" + b"\0\0" * 97) + b"\xff\x90" + struct.pack(">HHIBB", 10, 0, 0, 0, 1)
            + b"\xff\x93\xff\xd9")


def jpeg2000_of_a_huge_extent():
    return _decoding(_jpeg2000(0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF))


def jpeg2000_of_many_tiles():
    return _decoding(_jpeg2000(9_000, 9_000, 36), 1 << 31)


def jpeg2000_of_many_components():
    return _decoding(_jpeg2000(9_000, 9_000, 9_000, components=16_000))


def jpeg2000_of_many_layers():
    return _decoding(_jpeg2000(8_000, 8_000, 8_000), 1 << 31)


def bmp_of_a_huge_extent():
    header = b"BM" + struct.pack("<IHHI", 54, 0, 0, 54)
    header += struct.pack("<IiiHHIIiiII", 40, 0x7FFFFFFF, -0x80000000, 1, 24, 0, 0, 0, 0, 0, 0)
    return _decoding(header + bytes(1_000))


def bmp_of_few_bits():
    """2^28 pixels of one bit each would take 32 MiB; most are missing."""
    header = b"BM" + struct.pack("<IHHI", 62, 0, 0, 62)
    header += struct.pack("<IiiHHIIiiII", 40, 1 << 14, 1 << 14, 1, 1, 0, 0, 0, 0, 2, 0) + bytes(8)
    return _decoding(header + bytes(900_000), 1 << 31)


def pnm_of_a_huge_extent():
    return _decoding(b"P6 99999999999999999999 99999999999999999999 255\n")


def pnm_of_comments():
    return _decoding(b"P6 " + b"#\n" * 400_000 + b"1 1 255\n\0\0\0")


def images_by_the_thousand():
    """Each node decodes the same constant, which inference may fold."""
    content = _png(64, 64, 1, 0, _deflated(64 * 9))
    nodes = [node("ImageDecoder", ["x"], [f"y{k}"]) for k in range(25_000)]
    return model(nodes, [array("x", np.frombuffer(content, np.uint8), np.uint8)], outputs=["y0"])
