"""Examples of function calls and of fields: python calls.py OUT.jsonl --seal-tools DIR --snips DIR [--count N].

Calls: the requests of Seal-Tools among other tools, none of which fits where the right one is left out, and those of Snips. Fields:
the slots of Snips, and made-up receipts and letters.
"""

import argparse
import json
import random
import re
from pathlib import Path

CALLS = (
    "Choose the functions that fulfil the request and take their arguments from it. Answer with a JSON array of calls, each "
    '{"name": ..., "arguments": {...}}; answer [] if no function fits.\n\nFunctions:\n\n'
)
FIELDS = (
    "Extract the fields from the text. Copy each value exactly as it stands in the text; use null for what the text does not contain. "
    "Answer with a JSON object.\n\nFields:\n"
)
TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "list": "array"}
SHOPS = ["Corner Bakery", "Blue Door Books", "Marsh & Sons", "Café Linde", "North Garden Centre", "Tool Barn", "Green Pharmacy", "Kiosk 24"]
GOODS = ["bread", "coffee", "paint", "soap", "roses", "paper", "apples", "screws", "tea", "milk", "lamp", "notebook"]
STREETS = ["Mill Lane", "High Street", "Lindenweg", "Rue du Port", "Station Road"]
NAMES = ["Anna Weber", "Ben Lopez", "Clara Dubois", "Sven Olsen", "Mia Tanaka"]


def example(system, user, answer):
    written = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    prompt = f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"
    return {"prompt": prompt, "answer": f"{written}<|im_end|>"}


def listed(tool):
    """A tool as the prompt shows it."""
    lines = [f"{tool['name']}: {tool['description']}"]
    for name, one in tool["parameters"].items():
        optional = "" if name in tool["required"] else ", optional"
        lines.append(f"- {name} ({one['type']}{optional}): {one['description']}")
    return "\n".join(lines)


def calls_among(tools, right, request, called, rng):
    others = [tool for tool in rng.sample(tools, rng.choice([0, 1, 2, 3, 5])) if tool["name"] not in right]
    known = [tool for tool in tools if tool["name"] in right]
    if others and rng.random() < 0.15:
        known, called = [], []
    known += others
    rng.shuffle(known)
    parameters = {tool["name"]: list(tool["parameters"]) for tool in known}
    ordered = [
        {"name": name, "arguments": {key: arguments[key] for key in parameters[name] if key in arguments}} for name, arguments in called
    ]
    return example(CALLS + "\n\n".join(listed(tool) for tool in known), request, ordered)


def seal_example(tools, calls, rng):
    call = rng.choice(calls)
    called = [(one["api"], one["parameters"]) for one in call["calling"]]
    right = {name for name, _ in called}
    # What takes another call's answer is planned, not called.
    if any(re.search(r"API_call_\d", json.dumps(arguments)) for _, arguments in called) or not right <= {tool["name"] for tool in tools}:
        return None
    return calls_among(tools, right, call["query"], called, rng)


def snips_example(intents, rng):
    intent = rng.choice(sorted(intents))
    text, slots = rng.choice(intents[intent])
    known = sorted({slot for _, some in intents[intent] for slot in some})
    wanted = [slot for slot in known if slot in slots or rng.random() < 0.4]
    if rng.random() < 0.5:
        rng.shuffle(wanted)
        fields = "\n".join(f"- {slot}: {spoken(slot)}" for slot in wanted)
        return example(FIELDS + fields, text, {slot: slots.get(slot) for slot in wanted})
    tools = [
        {
            "name": name,
            "description": f"{spoken(name).capitalize()}.",
            "parameters": {slot: {"type": "string", "description": spoken(slot)} for slot in sorted({slot for _, some in intents[name] for slot in some})},
            "required": [],
        }
        for name in intents
    ]
    return calls_among(tools, {intent}, text, [(intent, slots)], rng)


def spoken(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()


def receipt(rng):
    """A receipt and what its fields are; one that is asked for may be missing."""
    mark = rng.choice(["{:.2f}", "{:.2f} EUR", "${:.2f}"])
    comma = rng.random() < 0.4
    money = lambda value: mark.format(value).replace(".", ",") if comma else mark.format(value)
    goods = [(rng.choice(GOODS), rng.randint(50, 4000) / 100) for _ in range(rng.randint(1, 6))]
    total = sum(price for _, price in goods)
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2015, 2026)
    date = rng.choice(["{0:02}.{1:02}.{2}", "{0:02}/{1:02}/{2}", "{2}-{1:02}-{0:02}", "{0}.{1}.{2}"]).format(day, month, year)
    shop, street = rng.choice(SHOPS), f"{rng.choice(STREETS)} {rng.randint(1, 90)}"
    cash = money(total + rng.randint(0, 2000) / 100)
    lines = [shop, street, *(f"{name} {money(price)}" for name, price in goods), f"{rng.choice(['TOTAL', 'Total due', 'Sum', 'ZU ZAHLEN'])} {money(total)}"]
    if rng.random() < 0.6:
        lines.append(f"{rng.choice(['Cash', 'Given', 'BAR'])} {cash}")
    lines.insert(rng.choice([2, len(lines)]), f"{date} {rng.randint(8, 20):02}:{rng.randint(0, 59):02}")
    values = {"merchant": shop, "date": date, "total": money(total), "street": street, "phone": None}
    says = {"merchant": "name of the shop", "date": "date of the purchase", "total": "the amount to pay", "street": "street and number", "phone": "phone number"}
    return "\n".join(lines), values, says


def letter(rng):
    name, amount = rng.choice(NAMES), f"{rng.randint(20, 900)} euros"
    order = f"{rng.choice('ABCDEF')}-{rng.randint(1000, 99999)}"
    parts = [f"my order {order} has not come yet", f"I paid {amount} for it", f"please write to {name.split()[0].lower()}@mail.example"]
    rng.shuffle(parts)
    kept = parts[: rng.randint(1, 3)]
    text = f"Hello,\n{'. '.join(part[0].upper() + part[1:] for part in kept)}.\n{name}"
    held = lambda value: value if value in text else None
    values = {"sender": name, "order": held(order), "amount": held(amount), "email": held(f"{name.split()[0].lower()}@mail.example")}
    says = {"sender": "who wrote it", "order": "number of the order", "amount": "the amount of money", "email": "e-mail address"}
    return text, values, says


def fields_example(rng):
    text, values, says = rng.choice([receipt, receipt, letter])(rng)
    wanted = rng.sample(sorted(values), rng.randint(1, len(values)))
    fields = "\n".join(f"- {name}: {says[name]}" for name in wanted)
    return example(FIELDS + fields, text, {name: values[name] for name in wanted})


def snips(folder):
    """Requests and their slots, by intent: of each file, the first list in it."""
    intents = {}
    for path in sorted(Path(folder).glob("*.json")):
        raw = path.read_bytes()
        try:
            read = json.loads(raw.decode())
        except UnicodeDecodeError:
            read = json.loads(raw.decode("latin-1"))
        (intent, requests), *_ = read.items()
        for request in requests:
            text = "".join(part["text"] for part in request["data"])
            slots = {part["entity"]: part["text"].strip() for part in request["data"] if "entity" in part}
            intents.setdefault(intent, []).append((" ".join(text.split()), {name: " ".join(value.split()) for name, value in slots.items()}))
    return intents


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("out")
    asked.add_argument("--seal-tools", required=True, help="a folder with tool.jsonl and dev.jsonl")
    asked.add_argument("--snips", required=True, help="a folder with the intents' files of snipsco/nlu-benchmark")
    asked.add_argument("--count", type=int, default=100_000)
    args = asked.parse_args()
    rng = random.Random(20261126)
    lines = lambda name: [json.loads(line) for line in open(f"{args.seal_tools}/{name}", encoding="utf-8")]
    tools = [
        {
            "name": tool["api_name"],
            "description": tool["api_description"],
            "parameters": {name: {**one, "type": TYPES.get(one["type"], "string")} for name, one in tool["parameters"].items()},
            "required": tool["required"],
        }
        for tool in lines("tool.jsonl")
    ]
    calls, intents = lines("dev.jsonl"), snips(args.snips)
    makers = [lambda: seal_example(tools, calls, rng), lambda: snips_example(intents, rng), lambda: fields_example(rng)]
    with open(args.out, "w", encoding="utf-8") as out:
        made = 0
        while made < args.count:
            one = rng.choices(makers, [3, 1, 2])[0]()
            if one:
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
                made += 1


if __name__ == "__main__":
    main()
