import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startBrowser } from "../../scripts/browser.mjs";
import { files } from "./bundle.mjs";

/** No model: a stand-in for the API, and rules that answer for it. */
const standIn = readFileSync(new URL("../../scripts/language-model.js", import.meta.url), "utf8");
const rules = `
  standIn.rules = [[/pay|owe|invoice/i, "bill"], [/tuesday|meet|o'clock/i, "appointment"], [/\\?/, "question"]];
  standIn.answer = (history, constraint) => {
    const text = history.map(({ content }) => content).join("\\n");
    const message = /Material:\\n([\\s\\S]*?)\\n.*What is this message/.exec(text)?.[1] ?? text.split("\\n\\n").at(-1);
    const { answer, payee, when, draft } = constraint.properties;
    if (answer) return JSON.stringify({ answer: standIn.rules.find(([said]) => said.test(message))?.[1] ?? answer.enum[0] });
    if (payee) return JSON.stringify({ payee: "Mr Okafor", amount: "900", due: "at midnight" });
    if (when) return JSON.stringify({ what: "check-up", when: "Tuesday 3 March at 9:40", where: null });
    if (draft) return JSON.stringify({ draft: "Thank you for asking." });
  };
`;

test("the page is served on this machine by one command", async () => {
  const server = spawn(process.execPath, [fileURLToPath(new URL("serve.mjs", import.meta.url)), "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [said] = await once(server.stdout, "data");
    const url = String(said).trim();
    const [page, script, other] = await Promise.all(["/", "/page.js", "/phone.ts"].map((path) => fetch(url + path)));
    expect([await page!.text(), script!.headers.get("content-type"), other!.status]).toEqual([
      readFileSync(new URL("index.html", import.meta.url), "utf8"),
      "text/javascript",
      404,
    ]);
    // What is no path of a page does not end it; a port that is taken is told in a line.
    const odd = connect(Number(new URL(url).port), "localhost").end("GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(String((await once(odd, "data"))[0])).toContain("404");
    const serve = fileURLToPath(new URL("serve.mjs", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [serve, new URL(url).port], { encoding: "utf8" });
    expect({ status, last: stderr.trim().split("\n").at(-1) }).toEqual({
      status: 1,
      last: expect.stringMatching(/^Nothing is served.*it is taken/),
    });
    expect((await fetch(url)).status).toBe(200);
  } finally {
    server.kill();
    await once(server, "exit");
  }
});

const browser = await startBrowser();
const why = "why" in browser ? browser.why : undefined;
afterAll(async () => {
  if ("stop" in browser) await browser.stop();
});

describe.skipIf(why)(`the page in Chromium${why ? ` (skipped: ${why})` : ""}`, () => {
  let page: any;
  let served: Record<string, string>;
  beforeAll(async () => {
    served = await files();
  });
  const open = async (before?: string) => {
    if (!("open" in browser)) return;
    page = await browser.open(served, before === undefined ? {} : { before });
    await page.waitForFunction(() => (globalThis as any).document.getElementById("state").textContent !== "");
  };
  const done = () => page.waitForFunction(() => (globalThis as any).document.getElementById("ledger").textContent !== "");
  const texts = (list: string): Promise<string[]> => page.locator(`#${list} li`).allTextContents();
  const sort = async (message: string) => {
    await page.fill("#message", message);
    await page.click("#sort");
    await done();
    return { steps: await texts("steps"), result: await texts("result") };
  };

  test("a browser without a model is told so, and nothing can be sorted", async () => {
    await open();
    expect(await page.textContent("#state")).toBe("This browser has no language model that it can run on this device.");
    expect(await page.isDisabled("#sort")).toBe(true);
    expect(page.elsewhere).toEqual([]);
  });

  describe("with a stand-in for the API", () => {
    beforeEach(() => open(standIn + rules));

    test("an appointment is read out of the message that is there", async () => {
      await page.click("#sort");
      await done();
      expect(await texts("result")).toEqual(["appointment (agreement 0.75)", "what: check-up", "when: Tuesday 3 March at 9:40"]);
      expect(await page.textContent("#ledger")).toMatch(/^\d+ tokens read and \d+ written on this device, 0 dollars\.$/);
    });

    test("of a bill, what does not stand in the message is left out", async () => {
      expect(await sort("You still owe Mr Okafor 900 for March.")).toEqual({
        steps: ["triage", "bill"],
        result: ["bill (agreement 0.75)", "payee: Mr Okafor", "amount: 900"],
      });
    });

    test("a question gets a draft", async () => {
      expect((await sort("Which of the two do you like better?")).result).toEqual([
        "question (agreement 0.75)",
        "Draft: Thank you for asking.",
      ]);
    });

    test("what the model answers by the place of an option is left to the person, and no other model is asked", async () => {
      expect(await sort("The tulips are out.")).toEqual({ steps: ["triage"], result: ["Not sure what this is: read it yourself."] });
      expect(await page.evaluate("standIn.prompts.length")).toBe(3);
    });

    test("a run is stopped, and the next one runs", async () => {
      await page.evaluate("standIn.pace = 60_000");
      await page.click("#sort");
      await page.waitForFunction(() => (globalThis as any).standIn.prompts.length > 0);
      await page.click("#stop");
      await done();
      expect(await texts("result")).toEqual(["Stopped."]);
      await page.evaluate("standIn.pace = 0");
      expect((await sort("Please pay the invoice.")).steps).toEqual(["triage", "bill"]);
    });

    test("a message that is too long is an error that says so", async () => {
      expect((await sort("word ".repeat(2000))).result).toEqual([expect.stringContaining("1000")]);
    });

    test("nothing is asked of any server, and the browser would let nothing out", async () => {
      await sort("Please pay the invoice.");
      expect(page.elsewhere).toEqual([]);
      expect(await page.evaluate("fetch('https://troupe.test/index.html').then(() => 'sent', () => 'held back')")).toBe("held back");
    });
  });

  test("a model that is not there yet is downloaded on a click, and then sorts", async () => {
    await open(`${standIn}${rules}standIn.availability = "downloadable";`);
    expect(await page.textContent("#state")).toBe("The model is not downloaded yet.");
    expect(await page.isDisabled("#sort")).toBe(true);
    await page.click("#load");
    await page.waitForFunction(() => !(globalThis as any).document.getElementById("sort").disabled);
    expect(await page.textContent("#state")).toBe("The model is on this device.");
    expect((await sort("Please pay the invoice.")).steps).toEqual(["triage", "bill"]);
  });
});
