/**
 * Proof that the caller may act inside a workspace. Only `authorizeWorkspace` (requests), `workspaceFromEvent` (jobs)
 * and `workspaceFromSweep` (the due table) make one, so that a query that takes a WorkspaceId cannot be reached with an id copied from
 * user input.
 */
export type WorkspaceId = string & { readonly __brand: "WorkspaceId" };

/** Events are written by us inside the workspace's own transaction; see server/jobs/outbox.ts. */
export function workspaceFromEvent(event: { data: { workspaceId: string } }): WorkspaceId {
  return event.data.workspaceId as WorkspaceId;
}

/** For server/auth and the sweeper only: the id was read from the database as identity_role or sweeper_role. */
export function provenWorkspace(id: string): WorkspaceId {
  return id as WorkspaceId;
}
