import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import type { Viewer } from "#server/teams/queries.ts";
import type { RejectReason } from "../schema.ts";
import { rejectDraft } from "./decide-draft.ts";
import { ensureDraft } from "./ensure-draft.ts";
import type { StoredDraft } from "./store-draft.ts";

/** Rejected for good; the step gets another draft, which takes the reason into account. An answer is not written again by itself. */
export async function rejectAndWriteAnew(
  services: { languageModel: LanguageModel | null },
  workspaceId: WorkspaceId,
  actor: Viewer & { actorKind?: "person" | "api_key" },
  input: { draftId: string; reason: RejectReason },
): Promise<{ next: StoredDraft | null }> {
  const step = await inWorkspace(workspaceId, (tx) => rejectDraft(tx, actor, input));
  return { next: step ? await ensureDraft(services, workspaceId, step) : null };
}
