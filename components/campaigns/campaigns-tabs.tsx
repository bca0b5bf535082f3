"use client";
import { useFrame } from "@/components/shell/use-frame";
import { Tabs } from "@/components/ui/tabs";

/** The tabs of the Campaigns room. */
export function CampaignsTabs() {
  const { counts } = useFrame();
  return (
    <Tabs
      label="Campaigns"
      tabs={[
        { href: "/campaigns", label: "Campaigns" },
        { href: "/campaigns/drafts", label: "Drafts", count: counts.drafts },
      ]}
    />
  );
}
