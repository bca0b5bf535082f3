import type { Role } from "#server/auth/constants.ts";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Services } from "#server/services.ts";
import type { ChangeReplyResult, changeReplyInput } from "../schema.ts";
import { changeClass, markReply } from "./change-reply.ts";
import { removeReply } from "./remove-reply.ts";

type Change = (typeof changeReplyInput)["_output"];

/** One call for what a person says about a reply: its class or date, done or not, read or not, or that it is none. */
export async function patchReply(
  services: Services,
  workspaceId: WorkspaceId,
  by: { userId: string; role: Role },
  input: Change,
): Promise<ChangeReplyResult> {
  if (input.notAReply) return removeReply(services, workspaceId, by, input.id);
  if (input.class === undefined && input.untilOn === undefined && input.status === undefined && input.isRead === undefined)
    throw new AppError("INVALID_INPUT", "Say what is to change: class, untilOn, status or isRead.");
  return inWorkspace(workspaceId, async (tx) => {
    let result: ChangeReplyResult | null = null;
    if (input.status !== undefined || input.isRead !== undefined) result = await markReply(tx, by, input);
    if (input.class !== undefined || input.untilOn !== undefined) {
      const wanted = input.class ?? (await classOf(tx, by, input.id));
      result = await changeClass(tx, by, { id: input.id, class: wanted, untilOn: input.untilOn });
    }
    if (!result) throw new AppError("INVALID_INPUT", "Say what is to change.");
    return result;
  });
}

async function classOf(
  tx: Parameters<typeof markReply>[0],
  by: { userId: string; role: Role },
  id: string,
): Promise<ChangeReplyResult["class"]> {
  return (await markReply(tx, by, { id })).class;
}
