// What pages need of this noun at once: without zod, so that no page carries it for a list of words.

export const timelineGroups = ["all", "mail", "calls", "changes"] as const;
