/** What an agent asks leave for, in the protocol's words. */
export const agentActs = ["read", "edit", "delete", "move", "search", "execute", "think", "fetch", "switch_mode", "other"] as const;
export type AgentAct = (typeof agentActs)[number];

/** One rule of a policy. The first one that fits a question answers it; where none fits, the answer is no. */
export interface PermissionRule {
  readonly answer: "allow" | "deny";
  /** Acts that it speaks of. Default: all. */
  readonly acts?: readonly AgentAct[];
  /**
   * Files and folders of the repository, as `src` or `.` for all of it: a rule that allows fits where each path of the question lies in
   * one of them, one that denies where any does. A question that names no path fits no such rule. Default: whatever the path, and none.
   */
  readonly in?: readonly string[];
}

/** A question: the act, and the paths that it speaks of, relative to the repository; null where one leads out of it. */
export interface PermissionQuestion {
  readonly act: AgentAct;
  readonly paths: readonly (string | null)[];
}

/** What stays in the copy is allowed; to run commands, to fetch, and whatever leads out is not. */
export const staysInside: readonly PermissionRule[] = [
  { answer: "allow", acts: ["read", "search", "edit", "delete", "move"], in: ["."] },
  { answer: "allow", acts: ["think"] },
];

/** Whether a policy allows what an agent asks for. */
export function isAllowed(policy: readonly PermissionRule[], { act, paths }: PermissionQuestion): boolean {
  const rule = policy.find(({ answer, acts, in: places }) => {
    if (acts && !acts.includes(act)) return false;
    if (!places) return true;
    const lies = (path: string | null) => path !== null && places.some((place) => isIn(path, place));
    return answer === "allow" ? paths.length > 0 && paths.every(lies) : paths.some(lies);
  });
  return rule?.answer === "allow";
}

function isIn(path: string, place: string): boolean {
  const folder = place.replace(/^\.\//, "").replace(/\/+$/, "");
  return folder === "." || folder === "" || path === folder || path.startsWith(`${folder}/`);
}
