import { BarChart3, CalendarDays, CircleDollarSign, Inbox, ListChecks, type LucideIcon, Mail, Send, Settings, Users } from "lucide-react";
import type { Permission } from "#server/auth/constants.ts";

export type Place = {
  href: string;
  label: string;
  Icon: LucideIcon;
  /** After G. */
  letter?: string;
  permission: Permission;
  count?: "today" | "inbox";
  dot?: "mailboxes";
  /** Below the line of the rail. */
  below?: boolean;
  /** In the phone's bottom bar; the rest is under More. */
  onPhone?: boolean;
};

/** The rail's places, in this order for everyone; a role hides what it cannot open. */
export const places: readonly Place[] = [
  { href: "/today", label: "Today", Icon: ListChecks, letter: "t", permission: "tasks:read", count: "today", onPhone: true },
  { href: "/inbox", label: "Inbox", Icon: Inbox, letter: "i", permission: "replies:read", count: "inbox", onPhone: true },
  { href: "/leads", label: "Leads", Icon: Users, letter: "l", permission: "leads:read", onPhone: true },
  { href: "/campaigns", label: "Campaigns", Icon: Send, letter: "c", permission: "campaigns:read" },
  { href: "/meetings", label: "Meetings", Icon: CalendarDays, letter: "m", permission: "meetings:read" },
  { href: "/deals", label: "Deals", Icon: CircleDollarSign, letter: "d", permission: "deals:read", onPhone: true },
  { href: "/reports", label: "Reports", Icon: BarChart3, letter: "r", permission: "analytics:read" },
  { href: "/mailboxes", label: "Mailboxes", Icon: Mail, permission: "mailboxes:read", dot: "mailboxes", below: true },
  { href: "/settings", label: "Settings", Icon: Settings, permission: "workspace:read", below: true },
];

type Inner = { href: string; label: string; permission: Permission };

export const settingsPages: readonly Inner[] = [
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

/** Pages behind the tabs of a place: the palette jumps to them by name. */
export const innerPages: readonly Inner[] = [
  { href: "/campaigns/drafts", label: "Drafts", permission: "drafts:read" },
  { href: "/campaigns/new", label: "New campaign", permission: "campaigns:write" },
  { href: "/leads/import", label: "Import people", permission: "leads:write" },
  { href: "/meetings/all", label: "All meetings", permission: "meetings:read" },
  { href: "/meetings/needs-outcome", label: "Meetings that need an outcome", permission: "meetings:read" },
  { href: "/meetings/booking-pages", label: "Booking pages", permission: "meetings:read" },
  { href: "/reports/funnel", label: "Funnel", permission: "analytics:read" },
  ...settingsPages.map((page) => ({ ...page, label: `Settings: ${page.label}` })),
];

/** A place is open on its own page and on the pages below it. */
export function isOpen(place: Place, path: string): boolean {
  return path === place.href || path.startsWith(`${place.href}/`);
}
