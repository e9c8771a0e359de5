import { expect, test } from "vitest";
import { unreadDaysIn } from "./unread-days.js";

test.each([
  ["What is the weather in Lima tomorrow?", ["tomorrow"]],
  ["Book it for next week or on Monday", ["next week", "Monday"]],
  ["Due on 3 May, or May 4th", ["3 May", "May 4th"]],
  ["By 3/4/2027", ["3/4/2027"]],
  ["Wie wird das Wetter morgen, übermorgen oder nächste Woche?", ["morgen", "übermorgen", "nächste Woche"]],
  ["¿Qué tiempo hará mañana en Lima?", ["mañana"]],
  ["In two weeks", ["In two weeks"]],
])("days of which no date can be read are found: %s", (text, days) => {
  expect(unreadDaysIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(days);
});

test.each(["On 3 May 2027", "On May 3, 2027", "On 31/12/2027", "On 2027-05-03", 'Send "See you tomorrow"', "Guten Morgen", "May I ask"])(
  "and no others: %s",
  (text) => {
    expect(unreadDaysIn(text)).toEqual([]);
  },
);
