import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { ImportPage } from "@/components/imports/import-page-route";

export const metadata: Metadata = { title: "Import people" };

export default function ImportRoute() {
  void getQueryClient().prefetchQuery(trpc.imports.list.queryOptions({}));
  return (
    <HydrateClient>
      <ImportPage />
    </HydrateClient>
  );
}
