"""Speech to text by faster-whisper: {"model": directory, "audio": file} -> {"text"}."""

import av
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio

from engine import Refused

RATE = 16_000
models = {}


def answer(request, progress):
    try:
        sound = decode_audio(request["audio"], sampling_rate=RATE)
    except av.error.FFmpegError as error:
        raise Refused("AUDIO_UNREADABLE", error.strerror)
    except (IndexError, ValueError):
        # A picture or a film without a track of sound.
        sound = []
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
