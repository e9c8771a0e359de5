import type { Fields } from "./field.js";
import type { Said } from "./named-by.js";

/** A text with what is to be said of it. */
export interface WorkedExample {
  readonly fields: Fields;
  readonly text: string;
  readonly said: Readonly<Record<string, Said>>;
}

/**
 * What small models are shown before a text. Each has what they get wrong by themselves: what was changed later, the same kind of value
 * several times, a name without its title, and fields that a text has nothing for though something like it is there.
 */
export const workedExamples: readonly WorkedExample[] = [
  {
    fields: {
      appointment: { kind: "date", description: "day agreed for the work" },
      keyHolder: { kind: "person", description: "who has the key" },
      deposit: { kind: "amount", description: "what was paid in advance" },
      invoiceNumber: { kind: "text", description: "number of the invoice" },
      craftsman: { kind: "person", description: "who is to do the work" },
      phone: { kind: "text" },
    },
    text: `Von: Ilka Brandauer <ilka@muehlhof.example>
An: buero@tischlerei-senn.example
Gesendet: Mo, 9. März 2026 08:14
Betreff: AW: Termin

Guten Morgen Herr Senn,

der 17. passt uns leider doch nicht, da ist mein Mann auf Montage. Können wir es am 24. März machen, am besten gegen halb neun? Der Schlüssel liegt bei unserer Nachbarin, Frau Odermatt (Nr. 14).

Die Anzahlung von 450 Euro habe ich letzte Woche überwiesen, die restlichen 1.280 Euro dann nach dem Einbau.

Beste Grüße
Ilka Brandauer`,
    said: {
      appointment: "24. März",
      keyHolder: "Odermatt",
      deposit: "450 Euro",
      invoiceNumber: null,
      craftsman: "Senn",
      phone: null,
    },
  },
  {
    fields: {
      shop: { kind: "organisation", description: "who issued the receipt" },
      discount: { kind: "amount", description: "what the voucher took off" },
      total: { kind: "amount" },
      divers: { kind: "number", description: "how many guided dives were paid for" },
      customer: { kind: "person", description: "name of the customer" },
      bookedFor: { kind: "date", description: "day of the next dive" },
    },
    text: `CORAL BAY DIVERS
12 Harbour Walk, Port Ellery

RECEIPT no. R-5561          02/07/2026  17:40

2 x Guided dive      @ 58.00     116.00
1 x Mask hire                      7.50
Voucher SUMMER10                 -12.35
--------------------------------------
Total                            111.15
Cash                             120.00
Change                             8.85

Served by: Tamsin
Book again: dive@coralbay.example`,
    said: { shop: "CORAL BAY DIVERS", discount: "12.35", total: "111.15", divers: 2, customer: null, bookedFor: null },
  },
  {
    fields: {
      place: { kind: "text", description: "where the festival takes place" },
      danceStart: { kind: "time", description: "when the dancing starts" },
      contact: { kind: "person", description: "who takes the bookings" },
      fee: { kind: "amount", description: "price of a stall" },
      deadline: { kind: "date", description: "last day to book a stall" },
      sponsor: { kind: "organisation" },
      email: { kind: "email" },
    },
    text: `お知らせ

夏まつり実行委員会

会場は当初ひばり公園の予定でしたが、工事のため、さくら小学校の校庭に変わりました。開催日は8月22日(土)、受付は午後3時30分から、盆踊りは6時に始まります。

屋台の出店料は1区画4,000円です。7月31日までに、事務局の小林 恵さん(090-5550-1234)へお申し込みください。

委員長 大野 隆`,
    said: {
      place: "さくら小学校の校庭",
      danceStart: "6時",
      contact: "小林 恵",
      fee: "4,000円",
      deadline: "7月31日",
      sponsor: null,
      email: null,
    },
  },
  {
    fields: {
      newDate: { kind: "date", description: "day of the check-up" },
      vet: { kind: "person", description: "who will see the animal" },
      clinic: { kind: "organisation" },
      vaccine: { kind: "amount", description: "price of the vaccine" },
      tabletsPerDay: { kind: "number" },
      file: { kind: "text", description: "number of the animal's file" },
      total: { kind: "amount", description: "what is to be paid in all" },
    },
    text: `Dr Miriam Castellanos, Clínica Veterinaria Robledal, Ávila

Estimada familia Ochoa:

La revisión de Nube, prevista para el 3 de abril, pasa al jueves 9 de abril a las 16:45. La atenderá la doctora Paula Iriarte, ya que yo estaré de viaje.

La vacuna cuesta 38 €; la desparasitación, 12,50 €. Nube pesaba en enero 6,2 kg y toma dos comprimidos al día.

Expediente: VR-0932

Un saludo,
Miriam Castellanos`,
    said: {
      newDate: "9 de abril",
      vet: "Paula Iriarte",
      clinic: "Clínica Veterinaria Robledal",
      vaccine: "38 €",
      tabletsPerDay: 2,
      file: "VR-0932",
      total: null,
    },
  },
];
