import { expect, test } from "vitest";
import type { Fields } from "../field.js";
import { readingOf } from "../reading.js";
import { soughtFor } from "../sought.js";

test.each<[string, string, string | null]>([
  ["Fax: 030 1234567\nPhone: 030 7654321", "phone", "030 7654321"],
  ["Phone: 030 7654321\nFax: 030 1234567", "phone", "030 7654321"],
  ["Phone: 030 7654321\nFax: 030 1234567", "fax", "030 1234567"],
  ["Fax: 030 1234567", "phone", null],
])("a number that takes a fax is none to call: %j, %s", (text, field, value) => {
  const fields: Fields = { [field]: { description: `${field} number` } };
  const found = readingOf(text, { [field]: soughtFor(field, fields) }).values();
  expect(found.get(field)?.value ?? null).toBe(value);
});
