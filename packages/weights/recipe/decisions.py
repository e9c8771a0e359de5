"""Examples of closed questions, answered by a letter: python decisions.py OUT.jsonl --seal-tools DIR --clinc FILE --banking FILE [--count N].

Of made-up teams: what an argument is made from, who does a part, what is needed. Of Seal-Tools: which tool does it. Of CLINC150 and
banking77, their training splits, without the intents that are held out: which label fits, and whether one does.
"""

import argparse
import csv
import json
import random
import re

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NONE = "none of these"
HELD_OUT = 0.3
TYPES = {"T": "text", "N": "number", "L": "list of text", "A": "audio", "I": "image"}

# What takes | gives, its names, its argument's, its result's, what it does, how it is asked for, what its result is called.
KINDS = [
    [part.split(",") for part in line.split("|")]
    for line in """
T|T|summarise,shorten,condense|text,document|summary,short|Summarises a text|summarise {x},make {x} shorter|summary,short version
T|T|toGerman,translateDe|text,source|german,translation|Translates a text into German|translate {x} into German,put {x} into German|German translation
T|T|toFrench,french|text,content|french,translated|Translates a text into French|translate {x} into French|French translation,French version
T|L|keywords,keyTerms|text,document|keywords,terms|Finds the key terms of a text|find the key terms of {x},list the keywords of {x}|key terms,keywords
T|T|headline,titler|text,story|headline,title|Writes a headline for a text|write a headline for {x},find a title for {x}|headline,title
T|positive/negative/neutral|mood,sentiment|text,review|mood,sentiment|Names the mood of a text|tell me the mood of {x},judge the mood of {x}|mood,sentiment
T|T|language,whichLanguage|text,content|language,lang|Tells which language a text is in|tell me the language of {x}|language
T|T|capitals,shout|text,words|loud,capitals|Writes a text in capitals|put {x} into capitals|version in capitals
T|N|countWords,wordCount|text,content|words,count|Counts the words of a text|count the words of {x}|number of words
T|T|polite,rewrite|text,draft|polite,kind|Makes a text more polite|make {x} more polite|polite version
T|T|redact,hideNames|text,letter|clean,redacted|Takes names out of a text|take the names out of {x},redact {x}|redacted version
T|L|questions,ask|text,article|questions,open|Asks what a text leaves open|list the questions that {x} leaves open|open questions
T|T|simplify,plain|text,passage|plain,simple|Says a text in plain words|say {x} in plain words|plain version
T|L|places,findPlaces|text,report|places,towns|Finds the places that a text names|find the places in {x}|places
T|low/medium/high|risk,riskOf|text,claim|risk,level|Tells how risky a case is|tell me how risky {x} is|risk
T|A|speak,readAloud|text,script|sound,speech|Reads a text aloud|read {x} aloud|spoken version
A|T|transcribe,writeDown|audio,recording|transcript,words|Writes down what is said in a recording|write down {x},transcribe {x}|transcript
A|N|duration,howLong|audio,sound|seconds,length|Tells how long a recording is|tell me how long {x} is|length
I|T|readPage,ocr|image,page|pageText,letters|Reads the text of a picture|read what stands on {x}|text on the picture
I|T|caption,describe|image,picture|caption,scene|Says what a picture shows|describe {x},say what {x} shows|description
L|N|countItems,howMany|items,list|count,total|Counts the items of a list|count {x}|number of items
L|T|joinLines,bullets|items,lines|joined,bullets|Writes a list as one text|write {x} as bullets|bulleted list
""".strip().splitlines()
]
NOUNS = {
    "T": ["note", "letter", "article", "review", "report", "message", "speech", "story"],
    "A": ["recording", "call", "memo", "interview"],
    "I": ["photo", "scan", "page", "picture"],
    "L": ["notes", "names", "orders"],
    "N": ["amount", "score"],
}


def prefix(state):
    return f"<|im_start|>system\nAnswer with the letter of the right option.\n\n{state}<|im_end|>\n"


def question(state, instructions, options, right, rng):
    """One example; `right` is None where the answer is none of the options, which is then one of them."""
    shown = list(options)
    rng.shuffle(shown)
    if right is None or rng.random() < 0.35:
        shown.insert(len(shown) if rng.random() < 0.75 else rng.randint(0, len(shown)), NONE)
    if len(shown) < 2:
        return None
    listed = "\n".join(f"{LETTERS[i]}. {option}" for i, option in enumerate(shown[: len(LETTERS)]))
    answer = LETTERS[shown.index(NONE if right is None else right)]
    return {"prompt": f"{prefix(state)}<|im_start|>user\n{instructions}\n{listed}<|im_end|>\n<|im_start|>assistant\n", "answer": answer}


def yes_or_no(state, instructions, yes, rng):
    while True:
        made = question(state, instructions, ["yes", "no"], "yes" if yes else "no", rng)
        if NONE not in made["prompt"]:
            return made


def team(rng):
    """A team, and what its members' arguments are made from."""
    kind_of = {}
    used = []

    def member(takes, source):
        kinds = [kind for kind in KINDS if kind[0][0] == takes and kind[2][0] not in kind_of]
        if not kinds:
            return None
        kind = rng.choice(kinds)
        kind_of[kind[2][0]] = kind
        made = {"name": rng.choice(kind[2]), "arg": rng.choice(kind[3]), "out": rng.choice(kind[4]), "kind": kind, "source": source}
        used.append(made)
        return made

    given_type = rng.choices(["T", "A", "I", "L"], [6, 2, 2, 1])[0]
    nouns = rng.sample(NOUNS[given_type], 2 if rng.random() < 0.3 else 1)
    given = [(noun, given_type) for noun in nouns]
    others = [(noun, "T") for noun in rng.sample(NOUNS["T"], 2) if noun not in nouns]
    given += others[: rng.choice([0, 0, 1, 2])]
    subject = given[0]
    clauses, wanted, parts = [], [], []
    root, root_type = ("given", *subject), given_type
    the = f"the {subject[0]}"
    if given_type in "AI" and rng.random() < 0.7:
        reader = member(given_type, root)
        if reader and reader["kind"][1][0] == "T":
            root, root_type = ("member", reader), "T"
    for _ in range(rng.choice([1, 1, 2, 3])):
        first = member(root_type, root)
        if not first:
            break
        chain = [first]
        while rng.random() < 0.35 and len(chain) < 3:
            after = member(chain[-1]["kind"][1][0], ("member", chain[-1]))
            if not after:
                break
            chain.append(after)
        clauses.append(clause(chain, the, rng))
        if len(chain) == 1:
            parts.append((clauses[-1], first))
        wanted.append(chain[-1])
    if not wanted:
        return None
    idle = [kind for kind in rng.sample(KINDS, rng.choice([0, 1, 2, 4, 7])) if kind[2][0] not in kind_of]
    members = used + [{"name": kind[2][0], "arg": kind[3][0], "out": kind[4][0], "kind": kind, "source": None} for kind in idle]
    if len({one["name"] for one in members}) < len(members):
        return None
    rng.shuffle(members)
    rng.shuffle(given)
    request = sentence(clauses, rng)
    state = "Specialists:\n" + "\n".join(card(one) for one in members)
    state += "\n\nGiven: " + ", ".join(f"{noun}: {TYPES[kind]}" for noun, kind in given) + f"\nRequest: {request}"
    if rng.random() < 0.5:
        state += "\nWanted: " + ", ".join(f"{one['out']}: {typed(one['kind'][1][0])}" for one in wanted)
    return state, members, given, used, parts


def clause(chain, the, rng):
    """How a chain is asked for: the last of it of what comes before, or one step after the other."""
    asked = rng.choice(chain[0]["kind"][6]).replace("{x}", the)
    for before, one in zip(chain, chain[1:]):
        what = rng.choice([f"the {before['kind'][7][0]}", "that", "the result"])
        asked += rng.choice([" and then ", ", then ", " and "]) + rng.choice(one["kind"][6]).replace("{x}", what)
    if len(chain) == 2 and rng.random() < 0.4:
        return f"give me the {chain[1]['kind'][7][0]} of the {chain[0]['kind'][7][0]} of {the}"
    return asked


def sentence(clauses, rng):
    joined = clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + rng.choice([" and ", ", and also "]) + clauses[-1]
    asked = rng.choice(["{x}.", "Please {x}.", "Could you {x}?", "I need you to {x}."]).replace("{x}", joined)
    return asked[0].upper() + asked[1:]


def typed(kind):
    return TYPES.get(kind, kind.replace("/", "|"))


def card(one):
    takes, gives = one["kind"][0][0], one["kind"][1][0]
    return f"- {one['name']}({one['arg']}: {typed(takes)}) -> {one['out']}: {typed(gives)}. {one['kind'][5][0]}"


def team_examples(rng):
    made = team(rng)
    if not made:
        return []
    state, members, given, used, parts = made
    examples = []
    for one in used:
        takes = one["kind"][0][0]
        sources = {("given", noun): f"the given `{noun}`" for noun, kind in given if kind == takes}
        # A label can stand where a text is asked for.
        fits = lambda gives: gives == takes or (takes == "T" and "/" in gives)
        sources |= {("member", other["name"]): f"`{other['out']}` from {other['name']}" for other in members if other is not one and fits(other["kind"][1][0])}
        key = ("given", one["source"][1]) if one["source"][0] == "given" else ("member", one["source"][1]["name"])
        right = sources.get(key)
        if right and rng.random() < 0.1:
            del sources[key]
            right = None
        examples.append(question(state, f"What is the argument `{one['arg']}` of `{one['name']}` made from?", list(sources.values()), right, rng))
    for part, one in parts:
        names = [other["name"] for other in members]
        right = one["name"]
        if len(names) > 2 and rng.random() < 0.15:
            names.remove(right)
            right = None
        examples.append(question(state, f'Which specialist does this part of the request: "{part}"', names, right, rng))
    one = rng.choice(members)
    examples.append(yes_or_no(state, f"Does the request need `{one['name']}`?", one in used, rng))
    return [example for example in examples if example]


def seal_examples(tools, calls, rng):
    """Which tool a request of Seal-Tools needs."""
    call = rng.choice(calls)
    names = [one["api"] for one in call["calling"]]
    if len(set(names)) > 1 or names[0] not in tools:
        return []
    others = [name for name in rng.sample(sorted(tools), rng.choice([3, 6, 11])) if name != names[0]]
    known = [names[0], *others]
    rng.shuffle(known)
    state = "Specialists:\n" + "\n".join(f"- {name}: {tools[name]['api_description']}" for name in known) + f"\n\nRequest: {call['query']}"
    gone = rng.random() < 0.13
    return [question(state, "Which specialist does this?", others if gone else known, None if gone else names[0], rng)]


def label_examples(texts, rng):
    """Labels first and a text after them, or a text and questions about it."""
    labels = rng.sample(sorted(texts), min(len(texts), rng.choice([4, 6, 8, 12, 20])))
    right = rng.choice(labels)
    text = rng.choice(texts[right])
    spoken = {label: re.sub(r"[_\W]+", " ", label).strip() for label in labels}
    gone = rng.random() < 0.15
    shown = [spoken[label] for label in labels if not (gone and label == right)]
    asked = rng.choice(["Which label fits?", "Which intent is it?", "Where does this belong?", "What does the customer want?"])
    made = question(f"Text: {text}", asked, shown, None if gone else spoken[right], rng)
    if rng.random() < 0.6 and made:
        instructions, options = re.search(r"<\|im_start\|>user\n(.*?)\n(A\. .*?)<\|im_end\|>", made["prompt"], re.DOTALL).groups()
        first = prefix(f"{instructions}\n{options}")
        made["prompt"] = f"{first}<|im_start|>user\nText: {text}<|im_end|>\n<|im_start|>assistant\n"
    other = rng.choice(labels)
    return [made, yes_or_no(f"Text: {text}", f"Does the text ask about {spoken[other]}?", other == right, rng)]


def by_label(pairs, rng):
    texts = {}
    for text, label in pairs:
        texts.setdefault(label, []).append(text.strip())
    held = set(rng.sample(sorted(texts), round(HELD_OUT * len(texts))))
    return {label: some for label, some in texts.items() if label not in held}


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("out")
    asked.add_argument("--seal-tools", required=True, help="a folder with tool.jsonl and dev.jsonl")
    asked.add_argument("--clinc", required=True, help="data_full.json of clinc/oos-eval")
    asked.add_argument("--banking", required=True, help="train.csv of banking77")
    asked.add_argument("--count", type=int, default=300_000)
    args = asked.parse_args()
    rng = random.Random(20261126)
    lines = lambda name: [json.loads(line) for line in open(f"{args.seal_tools}/{name}", encoding="utf-8")]
    tools, calls = {tool["api_name"]: tool for tool in lines("tool.jsonl")}, lines("dev.jsonl")
    clinc = by_label(json.load(open(args.clinc, encoding="utf-8"))["train"], rng)
    with open(args.banking, encoding="utf-8", newline="") as file:
        banking = by_label(list(csv.reader(file))[1:], rng)
    makers = [team_examples, lambda r: seal_examples(tools, calls, r), lambda r: label_examples(clinc, r), lambda r: label_examples(banking, r)]
    with open(args.out, "w", encoding="utf-8") as out:
        made = 0
        while made < args.count:
            for example in rng.choices(makers, [7, 1, 1.2, 0.8])[0](rng):
                if example:
                    out.write(json.dumps(example, ensure_ascii=False) + "\n")
                    made += 1


if __name__ == "__main__":
    main()
