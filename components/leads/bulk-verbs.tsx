"use client";
import type { ListLeadsInput } from "#server/leads/schema.ts";
import { useCan, useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import type { Selection } from "@/components/ui/table/column";
import type { Chosen, useLeadActs } from "./use-lead-acts";

type Filter = Omit<ListLeadsInput, "cursor" | "limit" | "sort">;
export type BulkKind = "owner" | "list" | "closed";

/** What the person chose, as the server takes it. */
export function chosenOf(selection: Pick<Selection, "ids" | "allMatching">, filter: Filter): Chosen {
  return selection.allMatching ? { all: filter, except: [] } : { ids: selection.ids };
}

export function BulkButtons({
  selection,
  filter,
  isTrash,
  acts,
  onAddToCampaign,
  onAsk,
}: {
  selection: Selection;
  filter: Filter;
  isTrash: boolean;
  /** Of the page, which says what was refused. */
  acts: ReturnType<typeof useLeadActs>;
  onAddToCampaign: () => void;
  onAsk: (kind: BulkKind) => void;
}) {
  const { workspaceId } = useSession();
  const canWrite = useCan("leads:write");
  const canCampaign = useCan("campaigns:write");
  const canExport = useCan("leads:export");
  const { act, isBusy } = acts;
  const chosen = chosenOf(selection, filter);
  if (isTrash) {
    return (
      canWrite && (
        <Button
          size="sm"
          busy={isBusy}
          onClick={() => act(chosen, { kind: "restore" }, (people) => `Restored ${people}.`, { onDone: selection.clear })}
        >
          Restore
        </Button>
      )
    );
  }
  return (
    <>
      {canCampaign && (
        <Button size="sm" hotkey="c" onClick={onAddToCampaign}>
          Add to campaign
        </Button>
      )}
      {canWrite && (
        <>
          <Button size="sm" hotkey="o" onClick={() => onAsk("owner")}>
            Owner
          </Button>
          <Button size="sm" onClick={() => onAsk("list")}>
            Add to list
          </Button>
          <Button size="sm" onClick={() => onAsk("closed")}>
            Do not contact
          </Button>
        </>
      )}
      {canExport && (
        <Button size="sm" onClick={() => exportPeople(workspaceId, selection.allMatching ? filter : { ids: selection.ids })}>
          Export
        </Button>
      )}
      {canWrite && (
        <Button
          size="sm"
          variant="danger"
          busy={isBusy}
          onClick={() =>
            act(chosen, { kind: "delete" }, (people) => `Deleted ${people}. They stay in the trash for 30 days.`, {
              onDone: selection.clear,
            })
          }
        >
          Delete
        </Button>
      )}
    </>
  );
}

/** A form, because many people chosen by hand fit into no address. It names the workspace of this tab: another tab may show another one. */
function exportPeople(workspaceId: string, filter: Filter): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/api/v1/leads/export";
  for (const [name, value] of Object.entries({ ...filter, workspace: workspaceId })) {
    if (value === undefined) continue;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = Array.isArray(value) ? value.join(",") : String(value);
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
