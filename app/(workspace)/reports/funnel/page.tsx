import type { Metadata } from "next";
import { FunnelPage } from "@/components/reports/funnel-page";

export const metadata: Metadata = { title: "Funnel" };

export default function FunnelRoute() {
  return <FunnelPage />;
}
