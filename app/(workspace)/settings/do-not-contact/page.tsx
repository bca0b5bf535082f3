import type { Metadata } from "next";
import { DoNotContactPage } from "@/components/compliance/do-not-contact-page";

export const metadata: Metadata = { title: "Do not contact" };

export default function DoNotContactRoute() {
  return <DoNotContactPage />;
}
