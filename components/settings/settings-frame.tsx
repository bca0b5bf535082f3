"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { can, type Permission } from "#server/auth/constants.ts";
import { Page, PageHeader } from "@/components/shell/page";
import { useSession } from "@/components/shell/session";
import { Tabs } from "@/components/ui/tabs";

const PARTS: readonly { href: string; label: string; permission: Permission }[] = [
  { href: "/settings/scoring", label: "Scoring", permission: "scoring:read" },
  { href: "/settings/do-not-contact", label: "Do not contact", permission: "suppressions:read" },
  { href: "/settings/team", label: "Team", permission: "team:read" },
  { href: "/settings/offer", label: "Offer and voice", permission: "offers:read" },
  { href: "/settings/workspace", label: "Workspace", permission: "settings:write" },
  { href: "/settings/profile", label: "You", permission: "workspace:read" },
  { href: "/settings/signing-in", label: "Signing in", permission: "workspace:read" },
  { href: "/settings/api-keys", label: "API keys", permission: "api-keys:write" },
  { href: "/settings/jobs", label: "Jobs", permission: "jobs:read" },
  { href: "/settings/audit", label: "Audit", permission: "audit:read" },
];

/** The settings are one page with tabs, never a second rail. */
export function SettingsFrame({ primary, secondary, children }: { primary?: ReactNode; secondary?: ReactNode; children: ReactNode }) {
  const { role, isOperator } = useSession();
  const path = usePathname();
  const own = PARTS.filter((part) => can(role, part.permission));
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
