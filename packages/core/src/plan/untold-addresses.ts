import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import type { Brief } from "./brief.js";
import { planPrompt } from "./prompt.js";
import { literalsIn } from "./words/literals/literals-in.js";

/**
 * Addresses and telephone numbers that a planner gives to who acts on the world and was told nowhere: it made them up, or took them for
 * others.
 */
export function untoldAddresses({ tasks }: Plan, brief: Brief): readonly Issue[] {
  const prompt = planPrompt(brief, undefined);
  const mails = new Set(literalsIn(prompt).flatMap(({ kind, text }) => (kind === "email" ? [text.toLowerCase()] : [])));
  const digits = digitsOf(prompt);
  const acting = new Set(brief.members.filter(({ effects }) => effects).map(({ name }) => name));
  return tasks.flatMap(({ id, member, args }, i) =>
    Object.entries(acting.has(member) ? args : {}).flatMap(([name, value]): Issue[] => {
      const [untold] = textsIn(value).filter((text) => {
        const kind = addressKind(text.trim());
        if (kind === "email") return !mails.has(text.trim().toLowerCase());
        // However it is grouped, with or without its country.
        return kind === "phone" && !digits.includes(digitsOf(text).slice(-6));
      });
      if (untold === undefined) return [];
      return [
        {
          code: "untold-address",
          path: ["tasks", i, "args", name],
          names: { task: [id], member: [member], argument: [name] },
          message: `"${untold}" is an address that nobody said, and ${member} acts on the world`,
          hint: "Give one that the request or an input says, or a ref.",
        },
      ];
    }),
  );
}

/** What a text is that is one address and no more. */
const addressKind = (text: string): string | undefined =>
  literalsIn(text).find(({ kind, start, end }) => (kind === "email" || kind === "phone") && end - start === text.length)?.kind;

const digitsOf = (text: string): string => text.replace(/\D/g, "");

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
