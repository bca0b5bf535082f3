"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ImportView } from "#server/imports/schema.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";

/** See the rows with errors, or take them away as a file to fix and drop here again. */
export function RowErrors({ record }: { record: Pick<ImportView, "id" | "shape"> }) {
  const trpc = useTRPC();
  const { workspaceId } = useSession();
  const [isOpen, setOpen] = useState(false);
  const errors = useQuery(trpc.imports.errors.queryOptions({ id: record.id }, { enabled: isOpen }));
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button size="sm" onClick={() => setOpen(true)}>
        See the rows
      </Button>
      <a href={`/api/v1/leads/imports/${record.id}/errors?workspace=${workspaceId}`} download className={buttonClass({ size: "sm" })}>
        Download the rows
      </a>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Rows with errors"
        wide
        description="Fix them in the downloaded file and drop it here again; nothing will double."
      >
        {errors.isPending ? (
          <SkeletonRows rows={4} label="Rows" />
        ) : !errors.data ? (
          <BrokenState error={errors.error} onRetry={() => void errors.refetch()} />
        ) : (
          <ul className="max-h-96 overflow-y-auto text-sm">
            {errors.data.map((row) => (
              <li key={row.rowNumber} className="border-t border-line py-1.5 first:border-t-0">
                <span className="text-muted">Row {row.rowNumber}</span> {row.message}
                <bdi className="block truncate text-xs text-muted">{row.raw.filter((cell) => cell !== "").join(" · ")}</bdi>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </div>
  );
}
