import type { Metadata } from "next";
import { WeekPage } from "@/components/reports/week-page";

export const metadata: Metadata = { title: "Week" };

export default function WeekRoute() {
  return <WeekPage />;
}
