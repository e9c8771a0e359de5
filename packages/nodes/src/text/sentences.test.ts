import fc from "fast-check";
import { expect, test } from "vitest";
import { sentences } from "./sentences.js";

const said = (text: string) => sentences(text).map((sentence) => sentence.text);

test("abbreviations, initials, times and decimal points end no sentence", () => {
  expect(said("Dr. Smith checks the valve at 9.30 a.m. on Monday. It costs 2.50 or so. J. R. Jones pays.")).toEqual([
    "Dr. Smith checks the valve at 9.30 a.m. on Monday.",
    "It costs 2.50 or so.",
    "J. R. Jones pays.",
  ]);
});

const languages: Record<string, { readonly said: readonly string[]; readonly between: string }> = {
  Arabic: { said: ["المضخة تسرب الماء منذ يوم الاثنين.", "هل طلبنا ختما جديدا؟", "نعم!"], between: " " },
  Urdu: { said: ["پمپ سے پانی نکل رہا ہے۔", "کیا مہر منگوائی گئی؟", "ٹھیک ہے۔"], between: " " },
  Hindi: { said: ["पंप से पानी टपक रहा है।", "क्या नई सील मँगवाई गई है?", "सब ठीक है।"], between: " " },
  Chinese: { said: ["水泵从星期一开始漏水。", "订了新的密封圈吗？", "他说：“已经订了。”", "太好了！"], between: "" },
  Japanese: { said: ["ポンプが月曜日から水漏れしています。", "新しいシールを注文しましたか？", "はい。"], between: "" },
  Korean: { said: ["펌프에서 물이 샙니다.", "새 씰을 주문했습니까?", "네.", "좋아요!"], between: " " },
  Armenian: { said: ["Պոմպը ջուր է կաթում։", "Նոր խցուկը պատվիրված է։"], between: " " },
  Amharic: { said: ["ፓምፑ ውሃ ያፈስሳል።", "አዲስ ማሸጊያ ታዟል።"], between: " " },
  Russian: { said: ["Насос течёт с понедельника.", "Новое уплотнение заказано?", "Да!"], between: " " },
  "English in small letters": {
    said: [
      "the pump leaks since monday.",
      "did we order a seal?",
      "it comes at 9.30 a.m. on friday, i.e. the 3rd.",
      "see v1.2 at a.example/c?d=e!",
    ],
    between: " ",
  },
};

test.each(Object.entries(languages))("a text in %s comes apart where its sentences end", (_, { said: all, between }) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 12 }), fc.boolean(), (some, wrapped) => {
      expect(said(some.join(wrapped ? "\n" : between))).toEqual(some);
    }),
  );
});

test("a stray small letter after a full stop ends a sentence after a word, not after what may be short for one", () => {
  expect(said("The pump leaks badly. it was old. The min. temp. was low. Acme Inc. and Co. pay, approx. half.")).toEqual([
    "The pump leaks badly.",
    "it was old.",
    "The min. temp. was low.",
    "Acme Inc. and Co. pay, approx. half.",
  ]);
});

test("wrapped lines are one sentence; headings, list items and records stand alone", () => {
  const note = `Site notes

- Pump 3: seal worn
- Order a filter
Visit date: 2026-11-17
The tenants on the second floor complained about the
noise of the compressor at night. It should be moved.`;
  expect(said(note)).toEqual([
    "Site notes",
    "Pump 3: seal worn",
    "Order a filter",
    "Visit date: 2026-11-17",
    "The tenants on the second floor complained about the noise of the compressor at night.",
    "It should be moved.",
  ]);
});

test("a sentence's place is where it stands in the text", () => {
  const text = "First one.  Second,\n  still second! Third";
  for (const { text: sentence, start, end } of sentences(text)) expect(text.slice(start, end).replace(/\s+/g, " ")).toBe(sentence);
});

test("speech without full stops is cut so that an embedding model can read it", () => {
  const parts = sentences("and then we went on, ".repeat(200));
  expect(parts.every(({ text }) => text.length <= 400)).toBe(true);
  expect(parts.map(({ text }) => text).join(" ")).toHaveLength(200 * 21 - 1);
});

test("nothing to say gives nothing", () => {
  expect(sentences("")).toEqual([]);
  expect(sentences(" \n --- \n")).toEqual([]);
});

test("a megabyte of anything is cut in pieces that an embedding model can read", () => {
  for (const one of ["\n", "ab\n", "a", "字", "字。", "😀", "word ", "A. B. ", "a. b. ", "! ", "?", '."', "Paid 12.00 to Bob\n"]) {
    const found = sentences(one.repeat(1e6 / one.length));
    expect(found.every(({ text }) => text.length <= 400 && !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(text))).toBe(true);
  }
  expect(sentences("字".repeat(1000)).map(({ start, end }) => [start, end])).toEqual([
    [0, 400],
    [400, 800],
    [800, 1000],
  ]);
});
