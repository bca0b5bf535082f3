"use client";
import { ChevronDown } from "lucide-react";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { useSession } from "./session";

const YEAR_S = 365 * 24 * 3600;

/** A change of workspace is a new document: nothing of the old one stays in memory. */
export function openWorkspace(workspaceId: string, path = "/"): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it on the next page load; the Cookie Store API is not everywhere
  document.cookie = `leadwright-workspace=${workspaceId}; path=/; max-age=${YEAR_S}; samesite=lax`;
  window.location.assign(path);
}

export function WorkspaceMenu() {
  const { workspaceId, workspaceName, kind, memberships, isOperator } = useSession();
  const entries: MenuEntry[] = memberships.map((each) => ({
    label: each.name,
    detail: each.kind === "sandbox" ? "Pretend people; nothing leaves" : undefined,
    checked: each.workspaceId === workspaceId,
    onSelect: () => openWorkspace(each.workspaceId),
  }));
  if (isOperator) entries.push({ kind: "line" }, { label: "Add a workspace", href: "/start" });
  return (
    <Menu
      entries={entries}
      trigger={
        <button
          type="button"
          data-ring="inside"
          className="flex h-8 min-w-0 flex-1 items-center gap-1 rounded-control px-2 text-left hover:bg-hover"
        >
          <span className="min-w-0 truncate text-base font-semibold">
            <bdi>{workspaceName}</bdi>
          </span>
          {kind === "sandbox" && <span className="shrink-0 text-xs text-muted">pretend</span>}
          <ChevronDown className="size-3.5 shrink-0 text-muted" />
          <span className="sr-only">Change workspace</span>
        </button>
      }
    />
  );
}
