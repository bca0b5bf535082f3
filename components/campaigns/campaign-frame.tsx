"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { CampaignJson } from "#server/campaigns/schema.ts";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { later } from "@/components/ui/later";
import { BrokenState, GoneState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Menu } from "@/components/ui/menu";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { useCampaignsChanged } from "./use-campaign-act";

const StartSheet = later(() => import("./start-sheet").then((part) => part.StartSheet));

/** The frame of a campaign's pages: what state it is in, the one thing to do with it, and its parts. */
export function CampaignFrame({ id, children }: { id: string; children: ReactNode }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.campaigns.get.queryOptions({ id }));
  const stats = useQuery(trpc.campaigns.stats.queryOptions({ id }));
  const campaign = query.data;
  if (query.error?.data?.code === "NOT_FOUND" || query.error?.data?.code === "BAD_REQUEST") {
    return (
      <Page>
        <PageHeader title="Campaign" />
        <GoneState action={<ButtonLink href="/campaigns">All campaigns</ButtonLink>}>
          This campaign no longer exists, or it belongs to somebody whose records you do not see.
        </GoneState>
      </Page>
    );
  }
  if (query.error && !campaign) return <BrokenState error={query.error} onRetry={() => void query.refetch()} />;
  if (!campaign) return <SkeletonRows label="Campaign" />;
  const base = `/campaigns/${id}`;
  return (
    <Page>
      <PageHeader title={<bdi>{campaign.name}</bdi>} secondary={<MoreMenu campaign={campaign} />} primary={<MainAct campaign={campaign} />}>
        <Since campaign={campaign} />
      </PageHeader>
      <Tabs
        label="Campaign"
        tabs={[
          { href: base, label: "Overview" },
          { href: `${base}/steps`, label: "Steps" },
          { href: `${base}/people`, label: "People", count: stats.data?.people },
          { href: `${base}/rules`, label: "Rules" },
        ]}
      />
      {children}
    </Page>
  );
}

function Since({ campaign }: { campaign: CampaignJson }) {
  const by = (name: string | null) => (name ? ` by ${name.split(" ")[0]}` : "");
  if (campaign.status === "running" && campaign.startedAt)
    return (
      <>
        Running since <Instant at={campaign.startedAt} dayOnly />
        {by(campaign.startedByName)}
      </>
    );
  if (campaign.status === "paused" && campaign.pausedAt)
    return (
      <>
        Paused since <Instant at={campaign.pausedAt} />
        {by(campaign.pausedByName)}
      </>
    );
  if (campaign.status === "finished" && campaign.finishedAt)
    return (
      <>
        Finished <Instant at={campaign.finishedAt} dayOnly />
      </>
    );
  if (campaign.status === "stopped") return <>Stopped itself{campaign.stopReason && `: ${campaign.stopReason}`}</>;
  return <>Draft: nothing is sent until you press Start</>;
}

function MainAct({ campaign }: { campaign: CampaignJson }) {
  const [isStarting, setStarting] = useState(false);
  const canStart = useCan("campaigns:start");
  const trpc = useTRPC();
  const changed = useCampaignsChanged();
  const id = campaign.id;
  const resume = useMutation(
    trpc.campaigns.resume.mutationOptions({
      onSuccess: () => {
        changed();
        showDone(`Resumed ${campaign.name}. Everybody is planned again.`);
      },
    }),
  );
  const pause = useMutation(
    trpc.campaigns.pause.mutationOptions({
      onSuccess: () => {
        changed();
        showDone(`Paused ${campaign.name}.`, () => resume.mutateAsync({ id }));
      },
    }),
  );
  const failed = pause.error ?? resume.error;
  if (!canStart) return null;
  if (campaign.status === "draft") {
    return (
      <>
        <Button variant="primary" onClick={() => setStarting(true)}>
          Start campaign
        </Button>
        <StartSheet id={id} open={isStarting} onOpenChange={setStarting} name={campaign.name} />
      </>
    );
  }
  if (campaign.status === "finished") return null;
  return (
    <>
      <Problem>{failed && sentenceOf(failed)}</Problem>
      {campaign.status === "running" ? (
        <Button single busy={pause.isPending} onClick={() => pause.mutate({ id })}>
          Pause campaign
        </Button>
      ) : (
        <Button single variant="primary" busy={resume.isPending} onClick={() => resume.mutate({ id })}>
          Resume campaign
        </Button>
      )}
    </>
  );
}

function MoreMenu({ campaign }: { campaign: CampaignJson }) {
  const can = useCan("campaigns:write");
  const trpc = useTRPC();
  const router = useRouter();
  const changed = useCampaignsChanged();
  const remove = useMutation(
    trpc.campaigns.remove.mutationOptions({
      onSuccess: () => {
        changed();
        router.push("/campaigns");
        showDone(`Deleted ${campaign.name}.`, () => restore.mutateAsync({ id: campaign.id }));
      },
    }),
  );
  const restore = useMutation(
    trpc.campaigns.restore.mutationOptions({
      onSuccess: () => {
        changed();
        router.push(`/campaigns/${campaign.id}`);
      },
    }),
  );
  if (!can) return null;
  return (
    <>
      <Problem>{remove.error && sentenceOf(remove.error)}</Problem>
      <Menu
        align="end"
        trigger={
          <IconButton label="More">
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
        entries={[
          { label: "Rename, rules", href: `/campaigns/${campaign.id}/rules` },
          { label: "Drafts to approve", href: `/campaigns/drafts?campaign=${campaign.id}` },
          { kind: "line" },
          {
            label: "Delete campaign",
            detail: campaign.status === "running" ? "pause it first" : "nobody in it is mailed any more",
            tone: "bad",
            onSelect: () => remove.mutate({ id: campaign.id }),
          },
        ]}
      />
    </>
  );
}
