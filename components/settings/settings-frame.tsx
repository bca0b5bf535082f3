"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { can } from "#server/auth/constants.ts";
import { Page, PageHeader } from "@/components/shell/page";
import { settingsPages } from "@/components/shell/places";
import { useSession } from "@/components/shell/session";
import { Tabs } from "@/components/ui/tabs";

/** The settings are one page with tabs, never a second rail. */
export function SettingsFrame({ primary, secondary, children }: { primary?: ReactNode; secondary?: ReactNode; children: ReactNode }) {
  const { role, isOperator } = useSession();
  const path = usePathname();
  const own = settingsPages.filter((part) => can(role, part.permission));
  const parts = isOperator ? [...own, { href: "/settings/instance", label: "This Leadwright" }] : own;
  return (
    <Page>
      <PageHeader title="Settings" primary={primary} secondary={secondary} />
      <Tabs
        label="Settings"
        tabs={parts.map(({ href, label }) => ({ href, label, current: path === href || path.startsWith(`${href}/`) }))}
      />
      {children}
    </Page>
  );
}
