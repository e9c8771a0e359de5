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

/** Concepts that do not speak against the one they stand beside: the day of a journey is a ticket's date. */
export const akin: Readonly<Record<string, readonly string[]>> = {
  date: ["start", "arrival", "departure", "meeting"],
  meeting: ["date", "start"],
  total: ["price", "fee", "rent", "salary"],
  price: ["total", "fee", "rent"],
  fee: ["total", "price"],
  rent: ["total", "price"],
  salary: ["total"],
  time: ["start", "departure", "boarding"],
  start: ["time", "date", "departure"],
  departure: ["start", "date", "time"],
  arrival: ["date"],
  end: ["due", "expiry"],
  expiry: ["end", "due"],
  due: ["end", "expiry"],
  seller: ["landlord", "employer", "bank", "carrier"],
  landlord: ["seller"],
  employer: ["seller"],
  carrier: ["seller"],
  name: ["customer", "patient", "doctor", "passenger", "tenant", "employee", "contact", "sender"],
  customer: ["name", "patient", "passenger", "tenant"],
  patient: ["name", "customer"],
  passenger: ["name", "customer"],
  tenant: ["name", "customer"],
  employee: ["name"],
  contact: ["name", "employee"],
  doctor: ["name", "contact"],
  sender: ["name"],
  reference: ["order", "booking", "receipt", "invoice", "customerNumber", "tracking"],
  invoice: ["reference", "receipt"],
  receipt: ["invoice", "reference"],
  order: ["reference"],
  booking: ["reference", "order"],
};
