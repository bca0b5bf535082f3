"use client";
import Link from "next/link";
import { QUIET_AFTER_DAYS } from "#server/deals/constants.ts";
import type { DealRow, Stage } from "#server/deals/schema.ts";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Menu } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import { useClock } from "@/components/ui/time/clock";
import { isOver } from "@/components/ui/time/format";
import { Day } from "@/components/ui/time/relative-time";

type Props = {
  deal: DealRow;
  stages: readonly Stage[];
  onMove?: ((stage: Stage) => void) | undefined;
  isDragging: boolean;
  menuOpen?: boolean;
};

export function DealCard({ deal, stages, onMove, isDragging }: Props) {
  const { now, zone } = useClock();
  const days = Math.max(0, Math.floor((now.getTime() - deal.stageSince.getTime()) / 86_400_000));
  const isOpen = deal.closedAt === null;
  const isQuiet = isOpen && days >= QUIET_AFTER_DAYS;
  const isLate = isOpen && deal.nextOn !== null && isOver(deal.nextOn, zone, now);
  return (
    <article className={cx("rounded-panel border border-line bg-page p-3 text-sm", isDragging && "shadow-float")}>
      <div className="flex items-start gap-2">
        <Link href={`/deals/${deal.id}`} className="min-w-0 flex-1 font-medium hover:underline">
          <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{deal.company ?? deal.title}</bdi>
        </Link>
        {deal.amountCents !== null && (
          <span className={cx("shrink-0 tabular-nums", !deal.acceptedAt && "text-muted")}>
            <Money cents={deal.amountCents} currency={deal.currency} short />
          </span>
        )}
      </div>
      {deal.leadName && <bdi className="block truncate text-muted">{deal.leadName}</bdi>}
      {deal.nextStep && (
        <p className={cx("mt-1 line-clamp-2 [overflow-wrap:anywhere]", isLate && "text-attention")}>
          {deal.nextStep}
          {deal.nextOn && (
            <>
              {" · "}
              <Day on={deal.nextOn} />
            </>
          )}
        </p>
      )}
      {deal.closeReason && <p className="mt-1 line-clamp-2 text-muted">{deal.closeReason}</p>}
      <div className="mt-2 flex items-center gap-2 text-xs text-muted">
        <bdi className="min-w-0 flex-1 truncate">{deal.ownerName.split(" ")[0]}</bdi>
        <span className={cx(isQuiet && "font-medium text-attention")} title="Days in this stage">
          {isQuiet ? `quiet ${days} d` : `${days} d`}
        </span>
        {onMove && (
          <Menu
            align="end"
            trigger={
              <Button size="sm" variant="quiet" aria-label={`Move to… another stage: ${deal.title}`}>
                Move to…
              </Button>
            }
            entries={stages
              .filter((stage) => stage.id !== deal.stageId)
              .map((stage) => ({ label: stage.name, onSelect: () => onMove(stage) }))}
          />
        )}
      </div>
    </article>
  );
}
