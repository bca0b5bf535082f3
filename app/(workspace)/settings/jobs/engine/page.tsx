import type { Metadata } from "next";
import { EnginePage } from "@/components/jobs/engine-page";

export const metadata: Metadata = { title: "Engine" };

export default function EngineSettingsPage() {
  return <EnginePage />;
}
