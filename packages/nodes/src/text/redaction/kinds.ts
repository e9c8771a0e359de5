/** Kinds of personal data that are taken out. */
export const personalKinds = ["person", "mail", "phone", "address", "birth", "iban", "card", "id", "url", "ip"] as const;

export type PersonalKind = (typeof personalKinds)[number];

/** A stretch of a text that is personal, and of what kind. */
export interface Personal {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
}
