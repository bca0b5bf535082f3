import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { MailboxesPage } from "@/components/mailboxes/mailboxes-page";

export const metadata: Metadata = { title: "Mailboxes" };

export default function MailboxesRoute() {
  void getQueryClient().prefetchQuery(trpc.mailboxes.list.queryOptions({}));
  return (
    <HydrateClient>
      <MailboxesPage />
    </HydrateClient>
  );
}
