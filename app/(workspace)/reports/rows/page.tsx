import type { Metadata } from "next";
import { RowsPage } from "@/components/reports/rows-page";

export const metadata: Metadata = { title: "Rows of a number" };

export default function RowsRoute() {
  return <RowsPage />;
}
