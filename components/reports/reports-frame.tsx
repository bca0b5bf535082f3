"use client";
import type { ReactNode } from "react";
import { Page, PageHeader } from "@/components/shell/page";
import { Tabs } from "@/components/ui/tabs";

/** Reports are one page with tabs; each number on them opens its rows. */
export function ReportsFrame({ title, secondary, children }: { title: ReactNode; secondary?: ReactNode; children: ReactNode }) {
  return (
    <Page>
      <PageHeader scoped title={title} secondary={secondary} />
      <Tabs
        label="Reports"
        tabs={[
          { href: "/reports", label: "Week" },
          { href: "/reports/funnel", label: "Funnel" },
        ]}
      />
      {children}
    </Page>
  );
}
