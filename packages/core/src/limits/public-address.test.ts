import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.js";

test.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "192.167.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

/** Written down apart from the rule's own table. */
const closed = ([a, b]: readonly number[]) =>
  a === 0 ||
  a === 10 ||
  a === 127 ||
  a! >= 224 ||
  (a === 169 && b === 254) ||
  (a === 172 && b! >= 16 && b! < 32) ||
  (a === 192 && b === 168);

test("no private, loopback, link-local or multicast address is public, in any form that names one", () => {
  const ipv4 = fc.tuple(
    fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 127, 169, 172, 192, 224)),
    fc.oneof(fc.nat(255), fc.constantFrom(254, 16, 31, 168)),
    fc.nat(255),
    fc.nat(255),
  );
  fc.assert(
    fc.property(ipv4, (parts) => {
      const dotted = parts.join(".");
      const hex = `${((parts[0] << 8) | parts[1]).toString(16)}:${((parts[2] << 8) | parts[3]).toString(16)}`;
      if (closed(parts)) expect(isPublicAddress(dotted)).toBe(false);
      for (const inside of [`::ffff:${dotted}`, `::ffff:${hex}`, `::${dotted}`, `64:ff9b::${hex}`, `2002:${hex}::`, `2001:0:${hex}::`])
        expect(isPublicAddress(inside)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("IPv6 outside global unicast is not public", () => {
  const part = fc.nat(0xffff).map((n) => n.toString(16));
  fc.assert(
    fc.property(
      fc.constantFrom("fe80", "fec0", "fc00", "fd12", "ff02", "100", "5f00", "0", "4000"),
      fc.array(part, { minLength: 7, maxLength: 7 }),
      (head, rest) => {
        expect(isPublicAddress([head, ...rest].join(":"))).toBe(false);
      },
    ),
  );
});

test("what is no address is no public one", () => {
  for (const text of ["", "example.org", "1.2.3", "::g"]) expect(isPublicAddress(text)).toBe(false);
});
