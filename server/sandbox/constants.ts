/** The due kind of what pretend people do. */
export const REACTION_DUE = "sandbox-reaction";
