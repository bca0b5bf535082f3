import type { Metadata } from "next";
import { notFound } from "next/navigation";
import * as z from "zod";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { LeadPage } from "@/components/leads/lead-page";

export const metadata: Metadata = { title: "Person" };

export default async function LeadRoute({ params }: { params: Promise<{ id: string }> }) {
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) notFound();
  void getQueryClient().prefetchQuery(trpc.leads.page.queryOptions({ id: id.data }));
  return (
    <HydrateClient>
      <LeadPage id={id.data} />
    </HydrateClient>
  );
}
