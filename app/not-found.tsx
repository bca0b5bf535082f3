import type { Metadata } from "next";
import { Page, PageHeader } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button";
import { GoneState } from "@/components/ui/list-states";

export const metadata: Metadata = { title: "Not here" };

export default function NotFound() {
  return (
    <main className="h-dvh">
      <Page>
        <PageHeader title="Nothing is here" />
        <GoneState action={<ButtonLink href="/">Go to the first page</ButtonLink>}>
          This address does not lead anywhere, or the record was deleted.
        </GoneState>
      </Page>
    </main>
  );
}
