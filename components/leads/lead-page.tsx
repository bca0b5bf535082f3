"use client";
import { useQuery } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { IconButton } from "@/components/ui/icon-button";
import { useKeys } from "@/components/ui/keys/use-keys";
import { later } from "@/components/ui/later";
import { BrokenState, GoneState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Menu } from "@/components/ui/menu";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TabStrip } from "@/components/ui/tabs";
import { Instant } from "@/components/ui/time/relative-time";
import type { BulkKind } from "./bulk-verbs";
import { CompanyStrip } from "./company-strip";
import { EraseButton } from "./erase-button";
import { LeadNow } from "./lead-now";
import { LeadTimeline } from "./lead-timeline";
import { NextBestLine } from "./next-best";
import { useLeadActs } from "./use-lead-acts";

const LeadDeals = dynamic(() => import("./lead-deals").then((part) => part.LeadDeals));

const LeadNotes = dynamic(() => import("./lead-notes").then((part) => part.LeadNotes));

const LeadCampaigns = dynamic(() => import("./lead-campaigns").then((part) => part.LeadCampaigns));

const LeadFacts = dynamic(() => import("./lead-facts").then((part) => part.LeadFacts));

const BookSheet = later(() => import("@/components/meetings/book-sheet").then((part) => part.BookSheet));
const BulkDialog = later(() => import("./bulk-dialog").then((part) => part.BulkDialog));
const AddPeopleSheet = later(() => import("@/components/campaigns/add-people-sheet").then((part) => part.AddPeopleSheet));

const TABS = ["timeline", "facts", "campaigns", "deals", "notes"] as const;

/** Who is this, why now, and what may be done? */
export function LeadPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const canWrite = useCan("leads:write");
  const canCampaign = useCan("campaigns:write");
  const canErase = useCan("leads:delete");
  const canBook = useCan("meetings:write");
  const query = useQuery(trpc.leads.page.queryOptions({ id }));
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("timeline"));
  const [open, setOpen] = useState<"campaign" | "book" | null>(null);
  const [asking, setAsking] = useState<BulkKind | null>(null);
  const { act, error } = useLeadActs();
  const lead = query.data;
  const isDeleted = lead?.deletedAt != null;
  const router = useRouter();
  const canAnswer = useCan("replies:write");
  const next = useQuery(trpc.leads.nextBest.queryOptions({ id }, { enabled: lead !== undefined }));
  const replyId = canAnswer && next.data?.kind === "answer" ? next.data.replyId : null;
  useKeys([
    ...(canWrite && !isDeleted
      ? [
          { keys: "e", label: "Edit facts", run: () => void setTab("facts") },
          { keys: "o", label: "Choose the owner", run: () => setAsking("owner") },
        ]
      : []),
  ]);

  if (query.isPending) {
    return (
      <Page>
        <PageHeader title="Person" />
        <PageBody>
          <SkeletonRows rows={8} label="Person" />
        </PageBody>
      </Page>
    );
  }
  if (!lead) {
    const isGone = query.error?.data?.appCode === "NOT_FOUND";
    return (
      <Page>
        <PageHeader title="Person" />
        {isGone ? (
          <GoneState action={<ButtonLink href="/leads">People</ButtonLink>}>
            This person no longer exists, or somebody else's team owns them.
          </GoneState>
        ) : (
          query.error && <BrokenState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    );
  }
  const restore = () => act({ ids: [id] }, { kind: "restore" }, () => `Restored ${lead.fullName}.`);
  return (
    <Page>
      <PageHeader
        lead={<Grade grade={lead.grade} size="lg" />}
        title={<bdi>{lead.fullName}</bdi>}
        secondary={
          isDeleted ? (
            canErase && <EraseButton id={id} name={lead.fullName} />
          ) : (
            <>
              {replyId && (
                <Button hotkey="r" onClick={() => router.push(`/inbox?open=${replyId}`)}>
                  Answer
                </Button>
              )}
              {canBook && (
                <Button hotkey="b" onClick={() => setOpen("book")}>
                  Book
                </Button>
              )}
              {canWrite && (
                <Menu
                  align="end"
                  trigger={
                    <IconButton label="More verbs">
                      <MoreHorizontal />
                    </IconButton>
                  }
                  entries={[
                    { label: "Edit facts", hotkey: "e", onSelect: () => void setTab("facts") },
                    { label: "Choose the owner", hotkey: "o", onSelect: () => setAsking("owner") },
                    { label: "Add to list", onSelect: () => setAsking("list") },
                    { label: "Do not contact", onSelect: () => setAsking("closed") },
                    {
                      label: "Delete",
                      tone: "bad",
                      onSelect: () =>
                        act({ ids: [id] }, { kind: "delete" }, () => `Deleted ${lead.fullName}. They stay in the trash for 30 days.`),
                    },
                  ]}
                />
              )}
            </>
          )
        }
        primary={
          !isDeleted &&
          canCampaign && (
            <Button variant="primary" hotkey="c" onClick={() => setOpen("campaign")}>
              Add to campaign
            </Button>
          )
        }
      >
        <span className="flex flex-wrap gap-x-2">
          <bdi>{[lead.title, lead.company].filter(Boolean).join(" at ") || "No title"}</bdi>
          <span>
            · owned by <bdi>{lead.ownerName}</bdi>
          </span>
        </span>
      </PageHeader>
      <PageBody>
        <Problem>{error && sentenceOf(error)}</Problem>
        {isDeleted && lead.deletedAt && (
          <GoneState action={canWrite && <Button onClick={restore}>Restore</Button>}>
            This person was deleted on <Instant at={lead.deletedAt} dayOnly />. They stay in the trash for 30 days.
          </GoneState>
        )}
        {!isDeleted && <NextBestLine leadId={id} zone={lead.timeZone} />}
        <CompanyStrip lead={lead} />
        <div className="mt-4 grid grid-cols-[minmax(0,340px)_minmax(0,1fr)] gap-8 phone:grid-cols-1">
          <LeadNow lead={lead} />
          <div className="min-w-0">
            <TabStrip
              label="Person"
              value={tab}
              onChange={(value) => void setTab(value)}
              tabs={[
                { value: "timeline", label: "Timeline" },
                { value: "facts", label: "Facts" },
                { value: "campaigns", label: "Campaigns", count: lead.campaigns.length },
                { value: "deals", label: "Deals" },
                { value: "notes", label: "Notes" },
              ]}
            />
            <div className="pt-3">
              {tab === "timeline" && <LeadTimeline leadId={id} />}
              {tab === "facts" && <LeadFacts lead={lead} canEdit={canWrite && !isDeleted} />}
              {tab === "campaigns" && <LeadCampaigns campaigns={lead.campaigns} zone={lead.timeZone} />}
              {tab === "deals" && <LeadDeals leadId={id} />}
              {tab === "notes" && <LeadNotes leadId={id} canWrite={canWrite && !isDeleted} />}
            </div>
          </div>
        </div>
      </PageBody>
      {open === "book" && <BookSheet lead={{ id, fullName: lead.fullName, email: lead.email }} onClose={() => setOpen(null)} />}
      {asking && <BulkDialog kind={asking} chosen={{ ids: [id] }} count={1} onClose={() => setAsking(null)} />}
      <AddPeopleSheet open={open === "campaign"} onOpenChange={(isOpen) => !isOpen && setOpen(null)} people={{ leadIds: [id] }} />
    </Page>
  );
}
