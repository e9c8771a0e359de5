// The page: what a person sees and clicks. All that is decided stands in phone.ts.
import { compile, memoryJournal } from "@troupe/core";
import { browserAvailability, browserModel } from "@troupe/nodes/browser";
import { phone } from "./phone.ts";

const at = (id) => document.getElementById(id);
const languages = ["en"];
const nano = browserModel({ languages, progress: (share) => say(`Downloading the model: ${Math.round(share * 100)}%`) });
const app = compile(phone, { models: { default: nano }, journal: memoryJournal() });

const say = (text) => (at("state").textContent = text);
const states = {
  unavailable: "This browser has no language model that it can run on this device.",
  downloadable: "The model is not downloaded yet.",
  downloading: "The model is being downloaded by another page.",
  available: "The model is on this device.",
};

async function look() {
  const found = await browserAvailability({ languages });
  say(states[found]);
  at("load").hidden = found !== "downloadable" && found !== "downloading";
  at("sort").disabled = found !== "available";
}

async function load() {
  at("load").disabled = true;
  try {
    await nano.load();
    await look();
  } catch (error) {
    await look();
    say(error.message);
  } finally {
    at("load").disabled = false;
  }
}

let running;
let runs = 0;

async function sort() {
  running = new AbortController();
  at("stop").disabled = false;
  at("sort").disabled = true;
  at("steps").replaceChildren();
  at("result").replaceChildren();
  at("ledger").textContent = "";
  const thread = `message-${++runs}`;
  try {
    const events = app.events({ message: at("message").value }, { thread, signal: running.signal });
    let next = await events.next();
    for (; !next.done; next = await events.next()) if (next.value.kind === "started") add("steps", next.value.specialist);
    show(next.value);
  } catch (error) {
    add("result", running.signal.aborted ? "Stopped." : error.message);
  } finally {
    at("stop").disabled = true;
    at("sort").disabled = false;
    const { models, cost } = await app.ledger(thread);
    const [input, output] = ["input", "output"].map((side) => models.reduce((sum, one) => sum + one[side], 0));
    at("ledger").textContent = `${input} tokens read and ${output} written on this device, ${cost} dollars.`;
  }
}

function show({ topic, topicConfidence, facts = [], draft }) {
  add("result", topic === "unsure" ? "Not sure what this is: read it yourself." : `${topic} (agreement ${topicConfidence.toFixed(2)})`);
  for (const { name, value } of facts) add("result", `${name}: ${value}`);
  if (draft) add("result", `Draft: ${draft}`);
}

function add(list, text) {
  const item = document.createElement("li");
  item.textContent = text;
  at(list).append(item);
}

at("load").onclick = load;
at("sort").onclick = sort;
at("stop").onclick = () => running.abort(new Error("Stopped"));
// What the model holds in memory is let go of with the page; a model that was never loaded is not loaded for it.
await look();
