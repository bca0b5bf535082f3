/** Who may see whom, in the team of server/teams/visibility.int.test.ts. */
export const settings = ["own", "team", "all"] as const;

/** The rule, written a second time and in other words. */
export function sees(viewer: string, other: string, setting: (typeof settings)[number]): boolean {
  const team: Record<string, string> = { rita: "north", rob: "north", tess: "south", mara: "none", vic: "none" };
  if (viewer === other || setting === "all") return true;
  if (viewer === "mara" && team[other] === "north") return true;
  return setting === "team" && team[viewer] === team[other];
}
