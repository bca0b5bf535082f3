"use client";
import { useEffect } from "react";
import { replyViews, VIEW_WORDS } from "#server/replies/constants.ts";
import { Page, PageHeader } from "@/components/shell/page";
import { useTitleCount } from "@/components/shell/use-title-count";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useKeys } from "@/components/ui/keys/use-keys";
import { isPhoneNow, useIsPhone } from "@/components/ui/media";
import { TabStrip } from "@/components/ui/tabs";
import { ReplyList } from "./reply-list";
import { ReplyPane } from "./reply-pane";
import { useInbox } from "./use-inbox";

/** Who answered? List, conversation and person side by side; on a phone one after the other. */
export function InboxPage() {
  const inbox = useInbox();
  const isPhone = useIsPhone();
  const { rows, open, setOpen, counts } = inbox;
  useTitleCount(counts?.needs_me);
  // On a wide screen something is always open, so that the first answer is read without a click.
  const first = rows[0]?.id;
  useEffect(() => {
    if (!isPhone && !isPhoneNow() && open === null && first) setOpen(first);
  }, [isPhone, open, first, setOpen]);
  const move = (step: number) => {
    const at = rows.findIndex((row) => row.id === open);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) setOpen(next.id);
  };
  useKeys([
    { keys: "j", label: "Next reply", run: () => move(1) },
    { keys: "k", label: "Previous reply", run: () => move(-1) },
    { keys: "arrowdown", label: "Next reply", run: () => move(1), listed: false },
    { keys: "arrowup", label: "Previous reply", run: () => move(-1), listed: false },
  ]);
  const showsPane = open !== null;
  return (
    <Page>
      {isPhone && showsPane && <h1 className="sr-only">Inbox</h1>}
      {!(isPhone && showsPane) && (
        <>
          <PageHeader scoped title="Inbox" count={counts?.all} />
          <div className="*:px-6 phone:*:px-4">
            <TabStrip
              label="Which replies"
              value={inbox.view}
              onChange={inbox.setView}
              tabs={replyViews.map((value) => ({ value, label: VIEW_WORDS[value], count: counts?.[value] }))}
            />
          </div>
          <FilterBar filters={inbox.filters} handle={inbox.handle} searchLabel="Search replies" />
        </>
      )}
      <div className="flex min-h-0 flex-1">
        {!(isPhone && showsPane) && <ReplyList inbox={inbox} />}
        {showsPane && <ReplyPane key={open} id={open} onClose={() => setOpen(null)} onNext={() => move(1)} />}
      </div>
    </Page>
  );
}
