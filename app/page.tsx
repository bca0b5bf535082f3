import { redirect } from "next/navigation";
import { getActor } from "#server/auth/session.ts";

/** Rep and admin land on what they must do, managers and viewers on the numbers. */
export default async function FirstPage() {
  const actor = await getActor();
  if (actor?.kind !== "person") redirect("/sign-in");
  if (!actor.membership) redirect("/start");
  redirect(actor.membership.role === "manager" || actor.membership.role === "viewer" ? "/reports" : "/today");
}
