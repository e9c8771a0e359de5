"""Makes the flagship's inputs from their facts. See README.md for what has to be installed."""

import json
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

INPUTS = Path(__file__).resolve().parent.parent / "inputs"
WIDTH = 34


def memo(facts: dict, path: Path) -> None:
    """Speaks the memo: 16 kHz mono, 16 bit, so that twenty seconds take 640 kB."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "spoken.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "165", "-p", "40", "-w", spoken, facts["text"]], check=True)
        # -R: the same dither each time, so that the file is the same too.
        subprocess.run(["sox", "-R", spoken, "-r", "16000", "-c", "1", "-b", "16", path], check=True)


def receipt_lines(facts: dict) -> list[str]:
    rule = "-" * WIDTH
    row = lambda left, right: left + right.rjust(WIDTH - len(left))
    items = [row(f"{item['quantity']} x {item['name']}", item["amount"]) for item in facts["items"]]
    return [
        facts["merchant"].center(WIDTH),
        facts["address"].center(WIDTH),
        "",
        f"Receipt: {facts['number']}",
        f"Date: {facts['dateAsPrinted']}",
        rule,
        *items,
        rule,
        row("Subtotal", facts["subtotal"]),
        row(f"Tax {facts['taxRate']}", facts["tax"]),
        row("TOTAL USD", facts["total"]),
        rule,
        row("Paid by card", facts["total"]),
        "",
        "Thank you for your visit".center(WIDTH),
    ]


def receipt(facts: dict, path: Path) -> None:
    """Renders the receipt, lays it on a desk, turns it, lights it from one side and blurs it a little."""
    font = ImageFont.truetype("DejaVuSansMono.ttf", 26)
    lines = receipt_lines(facts)
    step, margin = 40, 50
    paper = Image.new("L", (int(font.getlength("0" * WIDTH)) + 2 * margin, step * len(lines) + 2 * margin), 250)
    draw = ImageDraw.Draw(paper)
    for i, line in enumerate(lines):
        draw.text((margin, margin + i * step), line, font=font, fill=30)
    desk = Image.new("L", (paper.width + 80, paper.height + 80), 205)
    desk.paste(paper, (40, 40))
    turned = desk.rotate(2.5, resample=Image.Resampling.BICUBIC, fillcolor=205)
    shade = Image.linear_gradient("L").rotate(90).resize(turned.size).point(lambda v: 225 + v * 30 // 255)
    lit = Image.composite(turned, Image.new("L", turned.size, 0), shade)
    lit.filter(ImageFilter.GaussianBlur(0.8)).save(path, optimize=True)


def note(facts: dict, path: Path) -> None:
    path.write_text(
        f"""Field visit note

Work order: {facts["workOrder"]}
Site: {facts["site"]}
Technician: {facts["technician"]}
Visit date: {facts["visitDate"]}
Hours on site: {facts["hours"]} (arrived {facts["arrived"]}, left {facts["left"]})
Next visit: {facts["nextVisit"]}
Site contact: {facts["contact"]}

The caretaker unlocked the basement and stayed for the test run.
Parts were bought on the way; the receipt is attached.
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    truth = json.loads((INPUTS / "facts.json").read_text(encoding="utf-8"))
    memo(truth["memo"], INPUTS / "memo.wav")
    receipt(truth["receipt"], INPUTS / "receipt.png")
    note(truth["note"], INPUTS / "note.txt")
