"""Whether a recording's file is there as far as its container tells: FFmpeg takes what is there for the whole of most."""

# Bytes of a WAV from which on nobody knew how many there are: it was written to a pipe.
ENDLESS = 0x7FFF0000
# The longest page of an Ogg.
PAGE = 27 + 255 + 255 * 255


def missing(path):
    """What is missing of a file, in words; None where nothing is, or its container does not tell."""
    with open(path, "rb") as file:
        there = file.seek(0, 2)

        def read(at, length):
            file.seek(at)
            return file.read(length)

        promised = bytes_of(read)
        # Heads that count bytes are written by all sorts of programs.
        if there < 0.9 * promised:
            return f"only a part of it is there, {there:,} of {promised:,} bytes"
        if breaks_off(read, there):
            return "only a part of it is there, which breaks off in the middle"
    return None


def bytes_of(read):
    """The bytes that a WAV, a Wave64, a CAF or an MP3 says it has; 0 where it does not."""
    head = read(0, 24)
    if head[:4] == b"RIFF":
        promised = int.from_bytes(head[4:8], "little") + 8
        return promised if promised < ENDLESS else 0
    if head[:4] == b"riff":
        return int.from_bytes(head[16:24], "little")
    return caf(read) if head[:4] == b"caff" else mp3(read)


def caf(read):
    at = 8
    # No file has so many parts that are none of the sound.
    for _ in range(1000):
        chunk = read(at, 12)
        size = int.from_bytes(chunk[4:], "big", signed=True)
        # Only the sound may be without an end.
        if len(chunk) < 12 or size < 0:
            break
        at += 12 + size
        if chunk[:4] == b"data":
            return at
    return 0


def mp3(read):
    """By the count in its first frame (Xing, Info or VBRI), which encoders write once they are done."""
    at = behind_tag(read)
    frame = read(at, 64)
    if len(frame) < 64 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return 0
    if frame[36:40] == b"VBRI":
        return at + int.from_bytes(frame[46:50], "big")
    for start in (13, 21, 36):
        if frame[start : start + 4] in (b"Xing", b"Info"):
            flags = frame[start + 7]
            count = start + 8 + (4 if flags & 1 else 0)
            size = int.from_bytes(frame[count : count + 4], "big") if flags & 2 else 0
            return at + size if size else 0
    return 0


def behind_tag(read):
    """Where the sound begins behind an ID3 tag."""
    head = read(0, 10)
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for part in head[6:10]:
        size = size << 7 | part & 0x7F
    return 10 + size + (10 if head[5] & 0x10 else 0)


def breaks_off(read, there):
    """Whether an Ogg, an MPEG-4 or an AAC ends within a page, a box or a frame, or before the page that says it is the last."""
    head = read(0, 8)
    if head[:4] == b"OggS":
        return ogg(read, there)
    if head[4:] == b"ftyp":
        return boxes(read, there)
    at = behind_tag(read)
    start = read(at, 2)
    return len(start) == 2 and start[0] == 0xFF and start[1] & 0xF6 == 0xF0 and adts(read(at, there))


def ogg(read, there):
    tail = read(max(0, there - PAGE), PAGE)
    at = len(tail)
    while True:
        at = tail.rfind(b"OggS", 0, at)
        if at < 0:
            return False
        # A page's version is 0 and it has three flags; else the letters stand in sound.
        if tail[at + 4 : at + 5] in (b"", b"\0") and all(flags < 8 for flags in tail[at + 5 : at + 6]):
            break
    lengths = tail[at + 27 : at + 27 + tail[at + 26]] if len(tail) > at + 26 else b""
    if len(tail) <= at + 26 or len(lengths) < tail[at + 26]:
        return True
    end = at + 27 + len(lengths) + sum(lengths)
    return end > len(tail) or not tail[at + 5] & 4


def boxes(read, there):
    at = 0
    while True:
        head = read(at, 16)
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:], "big")
        # The last may be without an end, and what stands behind it may be none.
        if len(head) < 8 or size < 8:
            return False
        at += size
        if at > there:
            return head[4:8] in (b"moov", b"moof", b"mdat")


def adts(data):
    at = 0
    while len(data) - at >= 7:
        if data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
            return False
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if length < 7:
            return False
        at += length
    return at > len(data) or data[at : at + 1] == b"\xff"
