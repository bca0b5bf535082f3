"use client";
import { MoreHorizontal } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { can } from "#server/auth/constants.ts";
import { cx } from "@/components/ui/class-names";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { usePersonEntries } from "./person-menu";
import { isOpen, places } from "./places";
import { useSession } from "./session";
import { useShell } from "./shell-context";
import { useFrame } from "./use-frame";
import { openWorkspace } from "./workspace-menu";

/** Today · Inbox · Leads · Deals · More. */
export function PhoneBar() {
  const path = usePathname();
  const router = useRouter();
  const frame = useFrame();
  const person = usePersonEntries();
  const { showPalette } = useShell();
  const { role, memberships, workspaceId } = useSession();
  const visible = places.filter((place) => can(role, place.permission));
  const more: MenuEntry[] = [
    { label: "Search or jump", onSelect: showPalette },
    ...visible.filter((place) => !place.onPhone).map((place) => ({ label: place.label, onSelect: () => router.push(place.href) })),
    ...(memberships.length > 1 ? [{ kind: "line" as const }, { kind: "heading" as const, label: "Workspace" }] : []),
    ...(memberships.length > 1
      ? memberships.map((each) => ({
          label: each.name,
          checked: each.workspaceId === workspaceId,
          onSelect: () => openWorkspace(each.workspaceId),
        }))
      : []),
    { kind: "line" },
    ...person.filter((entry) => !(entry.kind === undefined && entry.hotkey)),
  ];
  return (
    <nav
      aria-label="Places"
      data-print="hide"
      className="hidden shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] phone:flex"
    >
      {visible
        .filter((place) => place.onPhone)
        .map((place) => {
          const count = place.count ? frame.counts[place.count] : 0;
          const current = isOpen(place, path);
          return (
            <Link
              key={place.href}
              href={place.href}
              data-ring="inside"
              aria-current={current ? "page" : undefined}
              className={cx(
                "relative flex h-[52px] min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs",
                current ? "text-accent" : "text-muted",
              )}
            >
              <place.Icon className="size-5" />
              {place.label}
              {count > 0 && (
                <span className="absolute top-1 left-[calc(50%+6px)] min-w-4 rounded-full bg-accent px-1 text-center text-[12px] leading-4 text-on-accent">
                  {count}
                </span>
              )}
            </Link>
          );
        })}
      <Menu
        side="top"
        align="end"
        entries={more}
        trigger={
          <button
            type="button"
            data-ring="inside"
            className="flex h-[52px] min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted"
          >
            <MoreHorizontal className="size-5" />
            More
          </button>
        }
      />
    </nav>
  );
}
