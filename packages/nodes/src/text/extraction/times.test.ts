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
  ["kl 9, klo 10, a las 11, alle 12", ["09:00", "10:00", "11:00", "12:00"]],
  ["в 9 часов, सुबह 10 बजे, الساعة 11", ["09:00", "10:00", "11:00"]],
  ["9時半, 早上8点半", ["09:30", "08:30"]],
  ["a las 5 de la tarde, à 5h30 du soir, στις 9 μ.μ.", ["17:00", "17:30", "21:00"]],
  ["الساعة 5:30 مساءً", ["17:30"]],
  ["शाम 5 बजे, в 7 часов вечера, um 7:30 Uhr abends", ["17:00", "19:00", "19:30"]],
])("%s", (text, values) => expect(found(text)).toEqual(values));

test.each(["Coffee 9.30", "2.5 hours", "10-12", "alle 9,50", "9 часов"])("no time in: %s", (text) => expect(found(text)).toEqual([]));
