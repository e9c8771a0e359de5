/** The price after a discount, which is a part of it: 0.2 for 20 percent. Rounded to cents, never below 0. */
export function priceWith(price, discount) {
  return Math.round((price - discount) * 100) / 100;
}
