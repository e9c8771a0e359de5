import type { Kind } from "../field.js";

/** Concepts of a kind that are so general that the only value of a text is it, unless something says what else that is. */
export const general: Readonly<Record<Kind, readonly string[]>> = {
  amount: ["total", "price", "fee"],
  date: ["date", "meeting"],
  time: ["time"],
  number: [],
  organisation: ["seller"],
  person: ["name", "customer"],
  email: [],
  text: [],
};

/** Concepts of a kind that say little more than the kind. */
export const broad: Readonly<Record<Kind, readonly string[]>> = {
  amount: ["price", "fee"],
  date: ["date"],
  time: ["time"],
  number: ["items"],
  organisation: ["seller"],
  person: ["name"],
  email: [],
  text: [],
};

/**
 * Concepts that speak for another, if less than its own words do, and never against it: the day of a journey is a ticket's date, the
 * guest a name, the end of a stay the day of leaving.
 */
export const akin: Readonly<Record<string, readonly string[]>> = {
  date: ["start", "arrival", "departure", "meeting", "sent", "purchase"],
  sent: ["date", "departure"],
  purchase: ["date"],
  meeting: ["date", "start"],
  total: ["price", "fee", "rent", "salary"],
  price: ["total", "fee", "rent"],
  fee: ["total", "price"],
  rent: ["total", "price"],
  salary: ["total"],
  time: ["start", "departure", "boarding"],
  checkIn: ["arrival", "start"],
  checkOut: ["departure", "end"],
  start: ["time", "date", "departure", "arrival"],
  departure: ["start", "end", "date", "time"],
  arrival: ["start", "date"],
  end: ["due", "expiry", "departure"],
  expiry: ["end", "due"],
  due: ["end", "expiry"],
  seller: ["landlord", "employer", "bank", "carrier"],
  landlord: ["seller"],
  employer: ["seller"],
  carrier: ["seller"],
  name: ["customer", "patient", "doctor", "passenger", "tenant", "employee", "contact", "sender", "addressee"],
  customer: ["name", "patient", "passenger", "tenant", "addressee"],
  patient: ["name", "customer", "addressee"],
  passenger: ["name", "customer", "addressee"],
  tenant: ["name", "customer", "addressee"],
  addressee: ["name", "customer", "patient", "passenger", "tenant"],
  employee: ["name", "addressee"],
  contact: ["name", "employee"],
  doctor: ["name", "contact"],
  officer: ["name", "sender"],
  chair: ["name", "sender"],
  secretary: ["name", "sender"],
  treasurer: ["name", "sender"],
  sender: ["name", "officer", "chair", "secretary", "treasurer"],
  people: ["items"],
  items: ["parcels"],
  reference: ["order", "booking", "receipt", "invoice", "customerNumber", "tracking"],
  invoice: ["reference", "receipt"],
  receipt: ["invoice", "reference"],
  order: ["reference"],
  booking: ["reference", "order"],
  tracking: ["reference"],
  customerNumber: ["reference"],
};
