import assert from "node:assert";
import { test } from "node:test";
import { priceWith } from "../src/price.js";

test("a discount is a part of the price", () => {
  assert.strictEqual(priceWith(80, 0.2), 64);
  assert.strictEqual(priceWith(19.99, 0.15), 16.99);
});

test("nothing costs less than nothing", () => assert.strictEqual(priceWith(10, 1.5), 0));
