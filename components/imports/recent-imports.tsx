"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ImportStatus } from "#server/imports/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { count } from "./import-words";

const WORDS: Record<ImportStatus, string> = {
  stored: "Not started",
  checking: "Being counted",
  ready: "Not started",
  running: "Running",
  done: "Done",
  cancelled: "Stopped",
  failed: "Failed",
  undone: "Undone",
};

export function RecentImports() {
  const trpc = useTRPC();
  const imports = useQuery(trpc.imports.list.queryOptions({}));
  if (!imports.data || imports.data.length === 0) return null;
  return (
    <div className="mt-8 max-w-form">
      <Section title="Earlier imports">
        <ul>
          {imports.data.map((each) => (
            <li key={each.id} className="flex items-baseline gap-3 border-t border-line py-1.5 text-sm first:border-t-0">
              <Link href={`/leads/import?id=${each.id}`} className="min-w-0 flex-1 truncate text-accent hover:underline">
                <bdi>{each.fileName}</bdi>
              </Link>
              <span className="text-muted">
                {WORDS[each.status]}
                {each.created > 0 && ` · ${count(each.created)} imported`}
              </span>
              <span className="w-24 text-right text-muted">
                <RelativeTime at={each.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
