import { AppError } from "#server/core/errors.ts";
import type { StageKind } from "../constants.ts";

/**
 * What a change of stage means. A deal counts from its acceptance on: leaving "Meeting booked" forward accepts it, going back there
 * takes the acceptance away. Won and lost close it, with a reason; any other stage opens it again.
 */
export type MoveQuestion = {
  from: StageKind;
  to: StageKind;
  isAccepted: boolean;
  reason: string | null;
};
export type MoveAnswer = {
  /** accept: it counts from now on; withdraw: it counts no more; keep: as it was */
  acceptance: "accept" | "withdraw" | "keep";
  closing: "close" | "open";
  closeReason: string | null;
  activity: "deal/won" | "deal/lost" | "deal/stage.changed";
};

export function judgeMove({ from, to, isAccepted, reason }: MoveQuestion): MoveAnswer {
  if (to === "lost" && !reason) throw new AppError("INVALID_INPUT", "Say why the deal was lost: one reason is enough.");
  const isClosing = to === "won" || to === "lost";
  return {
    acceptance: acceptance(from, to, isAccepted),
    closing: isClosing ? "close" : "open",
    closeReason: isClosing ? reason : null,
    activity: to === "won" ? "deal/won" : to === "lost" ? "deal/lost" : "deal/stage.changed",
  };
}

function acceptance(from: StageKind, to: StageKind, isAccepted: boolean): MoveAnswer["acceptance"] {
  if (to === "booked") return isAccepted ? "withdraw" : "keep";
  // Lost straight from a booked meeting was never an opportunity, so it stays out of every sum.
  if (to === "lost" && from === "booked") return "keep";
  return isAccepted ? "keep" : "accept";
}
