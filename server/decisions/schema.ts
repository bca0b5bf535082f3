import * as z from "zod";

export const decisionKind = z.enum(["score", "plan", "draft", "classification", "suppression", "routing"]);
export type DecisionKind = z.output<typeof decisionKind>;
