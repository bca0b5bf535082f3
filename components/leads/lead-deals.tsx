"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { STAGE_TONES } from "@/components/deals/deal-list";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { Money } from "@/components/ui/money";
import { SkeletonRows } from "@/components/ui/skeleton";
import { State } from "@/components/ui/state";
import { Instant } from "@/components/ui/time/relative-time";

/** Open ones and what became of the others; the newest move first. */
export function LeadDeals({ leadId }: { leadId: string }) {
  const trpc = useTRPC();
  const deals = useQuery(trpc.deals.list.queryOptions({ leadId, state: "all", limit: 50 }));
  if (deals.isPending) return <SkeletonRows rows={3} label="Deals" />;
  if (!deals.data) return <BrokenState error={deals.error} onRetry={() => void deals.refetch()} />;
  if (deals.data.items.length === 0) return <p className="py-2 text-sm text-muted">No deal yet. One opens when a meeting is booked.</p>;
  return (
    <ul>
      {deals.data.items.map((deal) => (
        <li key={deal.id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 text-sm first:border-t-0">
          <Link href={`/deals/${deal.id}`} className="font-medium text-accent hover:underline">
            <bdi>{deal.title}</bdi>
          </Link>
          <State tone={STAGE_TONES[deal.stageKind]}>{deal.closeReason ? `${deal.stageName}: ${deal.closeReason}` : deal.stageName}</State>
          {deal.amountCents !== null && <Money cents={deal.amountCents} currency={deal.currency} />}
          <span className="text-muted">
            since <Instant at={deal.stageSince} dayOnly /> · <bdi>{deal.ownerName}</bdi>
          </span>
          {deal.nextStep && (
            <span className="basis-full text-muted">
              Next: <bdi>{deal.nextStep}</bdi>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
