import { expect, test } from "vitest";
import { times } from "./times.js";

const found = (text: string) => times(text).map(({ value }) => value);

test.each([
  ["kl. 18.30 and klo 12.05", ["18:30", "12:05"]],
  ["à 14h30, às 11h15", ["14:30", "11:15"]],
  ["8:00-16:30, saat 19.00'da", ["08:00", "16:30", "19:00"]],
  ["20:30 h, 18 Uhr, 5 pm", ["20:30", "18:00", "17:00"]],
  ["15時30分, 下午3点", ["15:30", "15:00"]],
  ["om 11.20 uur", ["11:20"]],
])("%s", (text, values) => expect(found(text)).toEqual(values));

test.each(["Coffee 9.30", "2.5 hours", "10-12"])("no time in: %s", (text) => expect(found(text)).toEqual([]));
