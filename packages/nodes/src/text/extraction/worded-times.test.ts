import { expect, test } from "vitest";
import { times } from "./times.js";

const found = (text: string) => times(text).map(({ value }) => value);

test.each([
  ["from a quarter past two in the afternoon", ["14:15"]],
  ["doors at half past seven in the evening, not at seven o'clock in the morning", ["19:30", "07:00"]],
  ["ten minutes to nine at night", ["20:50"]],
  ["abends um halb acht, Viertel nach drei am Nachmittag, um sieben Uhr morgens", ["19:30", "15:15", "07:00"]],
  ["om kwart voor tien 's avonds en half drie 's middags", ["21:45", "14:30"]],
  ["à sept heures et demie du soir, à six heures moins le quart du matin", ["19:30", "05:45"]],
  ["a las siete y media de la tarde, a las nueve menos cuarto de la noche", ["19:30", "20:45"]],
  ["alle sette e mezza di sera, alle otto e un quarto di mattina", ["19:30", "08:15"]],
  ["às oito e meia da noite", ["20:30"]],
  ["klockan halv åtta på kvällen, kvart över tre på eftermiddagen", ["19:30", "15:15"]],
  ["kl. halv ni om kvelden", ["20:30"]],
  ["o wpół do ósmej wieczorem", ["19:30"]],
  ["v půl osmé večer", ["19:30"]],
  ["в половине восьмого вечера, в семь часов утра", ["19:30", "07:00"]],
  ["في الساعة السابعة والنصف مساءً", ["19:30"]],
  ["शाम साढ़े सात बजे", ["19:30"]],
  ["Abends um halb ſieben", ["18:30"]],
  ["晚上七点半，上午九点", ["19:30", "09:00"]],
])("%s", (text, values) => expect(found(text)).toEqual(values));

test("without the half of the day a time in words may be either", () => {
  expect(found("at half past seven")).toEqual(["07:30", "19:30"]);
});

test.each(["one of the seven", "half an hour", "a quarter of the rent", "ein Viertel von acht", "seven and a half"])(
  "no time in: %s",
  (text) => expect(found(text)).toEqual([]),
);
