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

/** A place is open on its own page and on the pages below it. */
export function isOpen(place: Place, path: string): boolean {
  return path === place.href || path.startsWith(`${place.href}/`);
}
