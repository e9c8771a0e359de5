"""Speech to text by faster-whisper: {"model": directory, "audio": file, "seconds": most, or null} -> {"text"}."""

import av
import numpy
from faster_whisper import WhisperModel

from engine import Refused
from whole import missing

RATE = 16_000
# Formats that say how long they are no better than by a guess.
GUESSED = {"aac", "ac3", "amr", "eac3", "mp3", "mpeg", "mpegts"}
models = {}


def answer(request, progress):
    try:
        sound = decoded(request["audio"], request["seconds"])
    except av.error.FFmpegError as error:
        raise Refused("AUDIO_UNREADABLE", error.strerror)
    if len(sound) == 0:
        raise Refused("AUDIO_UNREADABLE", "there is no sound in it")
    path = request["model"]
    if path not in models:
        models.clear()
        models[path] = WhisperModel(path, device="cpu", compute_type="int8", local_files_only=True)
    # Silence is left out: a small model writes words into it that no one said.
    segments, _ = models[path].transcribe(sound, beam_size=5, vad_filter=True)
    texts = []
    for segment in segments:
        texts.append(segment.text.strip())
        progress(min(segment.end * RATE / len(sound), 1))
    return {"text": " ".join(texts)}


def decoded(path, most):
    """The whole of a recording, mono, from -1 to 1, RATE samples a second: none of it is left out without a word."""
    lost = missing(path)
    if lost is not None:
        raise Refused("AUDIO_UNREADABLE", lost)
    # A playlist in disguise opens nothing but files.
    with av.open(path, metadata_errors="ignore", options={"protocol_whitelist": "file"}) as container:
        if not container.streams.audio:
            return []
        stream = container.streams.audio[0]
        resampler = av.audio.resampler.AudioResampler(format="s16", layout="mono", rate=RATE)
        parts, length, packets, bad, end = [], 0, 0, 0, 0.0

        def keep(frame):
            nonlocal length
            for piece in resampler.resample(frame):
                parts.append(piece.to_ndarray().reshape(-1))
                length += len(parts[-1])
                if most is not None and length > most * RATE:
                    raise Refused("LIMIT_CROSSED", "a recording of more seconds")

        for packet in container.demux(stream):
            packets += 1
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                bad += 1
                continue
            for frame in frames:
                end = max(end, (frame.time or 0) - float((stream.start_time or 0) * stream.time_base) + frame.samples / frame.sample_rate)
                # Its time is of no more use, and may be wrong.
                frame.pts = None
                keep(frame)
        if length:
            keep(None)
        # Some encoders begin with a packet that is none.
        if bad > 1 and bad > packets / 50:
            raise Refused("AUDIO_UNREADABLE", f"{bad} of its {packets} parts are damaged")
        whole = duration(container, stream)
        if length and whole and end < 0.9 * whole:
            raise Refused("AUDIO_UNREADABLE", f"only a part of it is there, {end:.1f} of {whole:.1f} seconds")
    return numpy.concatenate(parts).astype(numpy.float32) / 32768 if length else []


def duration(container, stream):
    """Seconds that a recording says it lasts, or None where that is a guess."""
    if GUESSED & set(container.format.name.split(",")):
        return None
    if stream.duration:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None
