"use client";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { can } from "#server/auth/constants.ts";
import { cx } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { ActivityTray } from "./activity-tray";
import { PersonMenu } from "./person-menu";
import { isOpen, type Place, places } from "./places";
import { useSession } from "./session";
import { useFrame } from "./use-frame";
import { WorkspaceMenu } from "./workspace-menu";

export function Rail({ folded, onFold, onSearch }: { folded: boolean; onFold: () => void; onSearch: () => void }) {
  const { role } = useSession();
  const visible = places.filter((place) => can(role, place.permission));
  return (
    <div
      data-print="hide"
      className={cx("flex h-full shrink-0 flex-col border-r border-line bg-canvas phone:hidden", folded ? "w-rail-folded" : "w-rail")}
    >
      <div className={cx("flex h-12 items-center gap-1 px-2", folded && "justify-center")}>
        {!folded && <WorkspaceMenu />}
        <IconButton label={folded ? "Unfold the rail" : "Fold the rail"} onClick={onFold}>
          {folded ? <PanelLeftOpen /> : <PanelLeftClose />}
        </IconButton>
      </div>
      {!folded && <RailScope />}
      <nav aria-label="Places" className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-2">
        <button
          type="button"
          onClick={onSearch}
          aria-label={folded ? "Search or jump" : undefined}
          className={cx(
            "mb-2 flex h-8 shrink-0 items-center gap-2 rounded-control border border-line bg-page px-2 text-sm text-muted hover:text-ink",
            folded && "justify-center px-0",
          )}
        >
          <Search className="size-4 shrink-0" />
          {!folded && (
            <>
              <span className="flex-1 text-left">Search or jump</span>
              <Kbd>⌘K</Kbd>
            </>
          )}
        </button>
        {visible.map((place, index) => (
          <RailLink key={place.href} place={place} folded={folded} afterLine={place.below === true && !visible[index - 1]?.below} />
        ))}
      </nav>
      <div className="grid gap-px border-t border-line p-2">
        <ActivityTray folded={folded} />
        <PersonMenu folded={folded} />
      </div>
    </div>
  );
}

/** Says in the rail, too, that lists and counts are not the whole workspace. */
function RailScope() {
  const { sees } = useFrame();
  if (sees === null) return null;
  return (
    <Link href="/settings/team" data-ring="inside" className="mx-2 mb-1 truncate rounded-control px-2 text-xs text-muted hover:text-ink">
      You see {sees === "own" ? "your own work" : "your team's work"}
    </Link>
  );
}

function RailLink({ place, folded, afterLine }: { place: Place; folded: boolean; afterLine: boolean }) {
  const path = usePathname();
  const frame = useFrame();
  const current = isOpen(place, path);
  const count = place.count ? frame.counts[place.count] : 0;
  const needsAttention = place.dot === "mailboxes" && frame.mailboxesNeedAttention;
  const link = (
    <Link
      href={place.href}
      aria-current={current ? "page" : undefined}
      data-ring="inside"
      className={cx(
        "flex h-8 shrink-0 items-center gap-2 rounded-control px-2 text-sm",
        folded && "justify-center px-0",
        current ? "bg-accent-soft font-medium text-accent" : "text-ink hover:bg-hover",
      )}
    >
      <place.Icon className={cx("size-4 shrink-0", !current && "text-muted")} />
      {folded ? <span className="sr-only">{place.label}</span> : <span className="flex-1 truncate">{place.label}</span>}
      {!folded && count > 0 && <span className="text-xs text-muted">{count.toLocaleString("en-GB")}</span>}
      {needsAttention && <span className="size-2 rounded-full bg-attention" role="img" aria-label="Needs attention" />}
    </Link>
  );
  return (
    <>
      {afterLine && <div className="mx-2 my-2 h-px shrink-0 bg-line" />}
      {folded ? (
        <Tooltip label={place.label} side="right" hint={place.letter && `G ${place.letter.toUpperCase()}`}>
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </>
  );
}
