/**
 * Gives names for specialists: the server's name and the thing's, in letters that every planner writes. Of two that come to the same,
 * the later one gets a number.
 */
export function specialistNames(server: string): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    const plain = `${server}_${name}`.replace(/[^A-Za-z0-9_-]+/g, "_").replace(/_+$/, "");
    let free = plain;
    for (let i = 2; given.has(free); i++) free = `${plain}_${i}`;
    given.add(free);
    return free;
  };
}
