import type { Metadata } from "next";
import { JobFunctionsPage } from "@/components/jobs/functions-page";

export const metadata: Metadata = { title: "Kinds of job" };

export default function JobFunctionsSettingsPage() {
  return <JobFunctionsPage />;
}
