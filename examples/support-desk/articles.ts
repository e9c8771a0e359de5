/** What the desk knows. `steps` are what a reply has to tell the customer. */
export interface Article {
  readonly topic: "billing" | "bug";
  readonly title: string;
  readonly steps: readonly string[];
}

export const articles: readonly Article[] = [
  {
    topic: "billing",
    title: "Charged twice for one month, a duplicate payment on the card",
    steps: [
      "Open Billing and compare the two charges: one of them may be a reservation that disappears within three days.",
      "If both stay, press Report a charge, and we refund the second one within five working days.",
    ],
  },
  {
    topic: "billing",
    title: "Cancel a subscription or change the plan",
    steps: ["Open Billing and choose Change plan.", "A cancelled plan stays active until the end of the month that is paid for."],
  },
  {
    topic: "billing",
    title: "Get an invoice with a company address and tax number",
    steps: ["Enter the company's address and tax number under Billing, Invoices.", "Press Send again to receive past invoices with them."],
  },
  {
    topic: "bug",
    title: "The app crashes or closes when a file is opened or exported",
    steps: [
      "Update to the newest version, which mends the export of large files.",
      "If it still closes, start it with the Shift key held down, which switches extensions off.",
      "Send us the file crash.log from the settings folder, so that we can find the cause.",
    ],
  },
  {
    topic: "bug",
    title: "Changes are not synchronised between devices",
    steps: [
      "Check that both devices are signed in to the same account.",
      "Press Synchronise now in the settings of the device that has the newer version.",
    ],
  },
];
