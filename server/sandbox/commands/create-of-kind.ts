import type { WorkspaceId } from "#server/core/tenancy.ts";
import { createWorkspace } from "#server/workspaces/commands/create-workspace.ts";
import type { WorkspaceKind } from "#server/workspaces/schema.ts";
import { createSandbox } from "./create-sandbox.ts";

/** The two doors of the first run. */
export async function createOfKind(input: {
  ownerId: string;
  name: string;
  timeZone: string;
  kind: WorkspaceKind;
}): Promise<{ id: WorkspaceId; slug: string }> {
  return input.kind === "sandbox" ? createSandbox(input) : createWorkspace(input);
}
