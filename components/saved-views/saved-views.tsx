"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { plainQuery } from "#server/saved-views/constants.ts";
import type { SavedView, ViewPage } from "#server/saved-views/schema.ts";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { later } from "@/components/ui/later";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { showDone } from "@/components/ui/toast";
import { useViewsChanged } from "./use-views-changed";

const SaveView = later(() => import("./save-view").then((part) => part.SaveView));

/** "View: My A and B ▾", and "Save view" once the address is none of them. What is saved is what stands behind the address's question mark. */
export function SavedViews({ page }: { page: ViewPage }) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const asked = plainQuery(useSearchParams().toString());
  const changed = useViewsChanged();
  const views = useQuery(trpc.savedViews.list.queryOptions({ page }));
  const remove = useMutation(trpc.savedViews.remove.mutationOptions({ onSuccess: changed }));
  const save = useMutation(trpc.savedViews.save.mutationOptions({ onSuccess: changed }));
  const items = views.data?.items ?? [];
  const current = items.find((view) => view.query === asked);
  const open = (query: string) => router.replace(query === "" ? path : `${path}?${query}`);
  const removeIt = ({ id, isShared, name, query }: SavedView) =>
    actThen(remove, { viewId: id }, () => showDone(`Removed the view ${name}.`, () => save.mutateAsync({ page, name, query, isShared })));
  if (!views.data || (items.length === 0 && asked === "")) return null;
  const entryOf = (view: SavedView): MenuEntry => ({
    label: <bdi>{view.name}</bdi>,
    checked: view.id === current?.id,
    onSelect: () => open(view.query),
    ...(!view.isMine && view.ownerName && { detail: view.ownerName }),
  });
  const [mine, shared] = [items.filter((view) => view.isMine), items.filter((view) => !view.isMine)];
  const entries: MenuEntry[] = [
    { label: "Everything", checked: asked === "", onSelect: () => open("") },
    ...(mine.length > 0 ? [{ kind: "heading" as const, label: "Mine" }, ...mine.map(entryOf)] : []),
    ...(shared.length > 0 ? [{ kind: "heading" as const, label: "Shared by colleagues" }, ...shared.map(entryOf)] : []),
    ...(current?.isMine
      ? [{ kind: "line" as const }, { label: `Remove the view ${current.name}`, tone: "bad" as const, onSelect: () => removeIt(current) }]
      : []),
  ];
  return (
    <span className="flex min-w-0 items-center gap-1 self-center">
      {items.length > 0 && (
        <Menu
          entries={entries}
          trigger={
            <button
              type="button"
              className="inline-flex h-7 min-w-0 items-center gap-1 rounded-control px-2 text-sm text-muted hover:bg-hover hover:text-ink phone:h-11"
            >
              <span className="truncate">View: {current ? <bdi>{current.name}</bdi> : asked === "" ? "everything" : "not saved"}</span>
              <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
            </button>
          }
        />
      )}
      {asked !== "" && !current && <SaveView page={page} query={asked} />}
    </span>
  );
}
