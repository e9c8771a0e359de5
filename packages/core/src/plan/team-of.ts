import { TroupeError } from "../error/error.js";
import { say } from "../schema/say.js";
import type { Specialist, Team } from "../specialist/specialist.js";

/** A specialist's team, with what the specialist takes and gives. @throws TroupeError `TEAM_INVALID` where it has none */
export function teamOf(specialist: Specialist, hint: string): Specialist & { readonly team: Team } {
  const { name, team } = Object(specialist) as Partial<Specialist>;
  if (Array.isArray(Object(team).members)) return specialist as Specialist & { team: Team };
  throw new TroupeError("TEAM_INVALID", `${typeof name === "string" ? name : `What is ${say(specialist)}`} is no team`, { hint });
}
