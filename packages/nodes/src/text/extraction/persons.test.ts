import { expect, test } from "vitest";
import { persons } from "./persons.js";

const found = (text: string) => persons(text).map(({ value }) => value);

test.each([
  ["Dear Mrs Eleanor Whitby,", ["Eleanor Whitby"]],
  ["Dobrý den, paní Nováková", ["Nováková"]],
  ["Директор Павел Орлов", ["Павел Орлов"]],
  ["Passenger: OKAFOR / DANIEL MR", ["OKAFOR / DANIEL"]],
  ["田中 健一 様", ["田中 健一"]],
  ["Driver: Falk          Truck: 7\nRelief driver: Jan Petersen", ["Falk", "Jan Petersen"]],
  ["Umpire: R. Ellwood. Crowd: 80", ["R. Ellwood"]],
  ["les consignes de M. Paul Rivet", ["Paul Rivet"]],
  ["devant Me Hélène Castagnou, notaire", ["Hélène Castagnou"]],
  ["hilft Ihnen Wiebke Harms gern weiter", ["Wiebke Harms"]],
  ["antrenör Selin Koçak'a verildi", ["Selin Koçak"]],
  ["총무과장 김서연\n", ["김서연"]],
  ["Hej Ylva! Nu är den klar", ["Ylva"]],
  ["Mvh Sixten", ["Sixten"]],
  ["D.ª Inés Robledo Gil, como vendedora", ["Inés Robledo Gil"]],
  ["bij tandarts Willem de Vries.", ["Willem de Vries"]],
  ["Mevrouw De Wit belt morgen terug", ["De Wit"]],
  ["Madame De Gaulle a appelé", ["De Gaulle"]],
  ["现场负责人是王建华。", ["王建华"]],
  ["株式会社あおばの小川直子先生をお招きし", ["小川直子"]],
  ["担当は数学科の小川 直子が務めます。", ["小川 直子"]],
])("a name without its title or role: %s", (text, names) => expect(found(text)).toEqual(expect.arrayContaining(names)));

test("what opens a sentence is nobody's name", () => expect(found("Bei Rückfragen sind wir für Sie da.")).toEqual([]));

test("what has a company's form is nobody's name", () => expect(found("Saimaan Kirjakauppa Oy\nPuh. 05 555 0123")).toEqual([]));
