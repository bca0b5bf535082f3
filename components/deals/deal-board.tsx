"use client";
import { DragDropContext, Draggable, Droppable, type DropResult } from "@hello-pangea/dnd";
import Link from "next/link";
import { useMemo, useState } from "react";
import type { DealBoard as Board, DealRow, Stage } from "#server/deals/schema.ts";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { useKeys } from "@/components/ui/keys/use-keys";
import { useIsPhone } from "@/components/ui/media";
import { Money } from "@/components/ui/money";
import { DealCard } from "./deal-card";

type Props = {
  board: Board;
  mayMove: boolean;
  onMove: (deal: DealRow, stage: Stage) => void;
  onOpen: (deal: DealRow) => void;
  listHref: string;
};

/** Columns with their true count and sum. Drag, the card's "Move to…", or M on the focused card. */
export function DealBoard({ board, mayMove, onMove, onOpen, listHref }: Props) {
  const isPhone = useIsPhone();
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [moving, setMoving] = useState<DealRow | null>(null);
  const deals = useMemo(() => board.columns.flatMap((column) => column.deals), [board]);
  const focused = deals.find((deal) => deal.id === focusedId);
  const step = (by: number) => {
    const index = deals.findIndex((deal) => deal.id === focusedId);
    const next = deals[index < 0 ? 0 : Math.min(deals.length - 1, Math.max(0, index + by))];
    if (next) document.querySelector<HTMLElement>(`[data-deal="${next.id}"]`)?.focus();
  };
  useKeys([
    { keys: "j", label: "Next deal", run: () => step(1) },
    { keys: "k", label: "Previous deal", run: () => step(-1) },
    { keys: "enter", label: "Open deal", run: () => focused && onOpen(focused) },
  ]);
  useKeys([{ keys: "m", label: "Move to stage", run: () => focused && setMoving(focused) }], { enabled: mayMove });
  const drop = ({ draggableId, destination }: DropResult) => {
    const deal = deals.find((each) => each.id === draggableId);
    const stage = board.columns.find((column) => column.id === destination?.droppableId);
    if (deal && stage) onMove(deal, stage);
  };
  return (
    <DragDropContext onDragEnd={drop}>
      <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-6 pt-3 pb-6 phone:px-4 phone:pb-20">
        {board.columns.map((column) => (
          <section key={column.id} aria-label={column.name} className="flex w-64 shrink-0 flex-col">
            <header className="flex items-baseline gap-2 border-b border-line pb-1 text-sm">
              <h2 className="min-w-0 truncate font-semibold">{column.name}</h2>
              <span className="text-xs text-muted">{column.count.toLocaleString("en-GB")}</span>
              <span className="ml-auto text-xs text-muted tabular-nums">
                {column.kind === "booked" ? (
                  <span title="Counts when the meeting was held and the deal accepted">not counted</span>
                ) : (
                  <Money cents={column.sumCents} currency={board.currency} short />
                )}
              </span>
            </header>
            <Droppable droppableId={column.id} isDropDisabled={!mayMove}>
              {(place, state) => (
                <div
                  ref={place.innerRef}
                  {...place.droppableProps}
                  className={cx("min-h-24 flex-1 overflow-y-auto rounded-panel pt-2", state.isDraggingOver && "bg-hover")}
                >
                  {column.deals.map((deal, index) => (
                    <Draggable key={deal.id} draggableId={deal.id} index={index} isDragDisabled={!mayMove || isPhone}>
                      {(drag, { isDragging }) => (
                        // biome-ignore lint/a11y/useSemanticElements: the card holds links and buttons, so it is no button itself
                        <div
                          ref={drag.innerRef}
                          {...drag.draggableProps}
                          {...drag.dragHandleProps}
                          role="group"
                          data-deal={deal.id}
                          aria-label={`${deal.title}, ${column.name}`}
                          onFocus={() => setFocusedId(deal.id)}
                          className="mb-2 rounded-panel"
                        >
                          <DealCard
                            deal={deal}
                            stages={board.columns}
                            isDragging={isDragging}
                            onMove={mayMove ? (stage) => onMove(deal, stage) : undefined}
                          />
                        </div>
                      )}
                    </Draggable>
                  ))}
                  {place.placeholder}
                  {column.count > column.deals.length && (
                    <Link className="block px-1 py-2 text-sm text-accent hover:underline" href={`${listHref}&stage=${column.id}`}>
                      {(column.count - column.deals.length).toLocaleString("en-GB")} more in the list
                    </Link>
                  )}
                </div>
              )}
            </Droppable>
          </section>
        ))}
      </div>
      {moving && (
        <Dialog open onOpenChange={(open) => !open && setMoving(null)} title={<bdi>Move {moving.title} to</bdi>}>
          <div className="grid gap-1">
            {board.columns
              .filter((column) => column.id !== moving.stageId)
              .map((column, index) => (
                <Button
                  key={column.id}
                  hotkey={String(index + 1)}
                  onClick={() => {
                    setMoving(null);
                    onMove(moving, column);
                  }}
                >
                  {column.name}
                </Button>
              ))}
          </div>
        </Dialog>
      )}
    </DragDropContext>
  );
}
