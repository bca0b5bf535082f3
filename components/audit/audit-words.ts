import type { RouterOutputs } from "@/components/trpc/client";

type ActorKind = RouterOutputs["audit"]["list"]["items"][number]["actorKind"];
const BY: Record<ActorKind, string> = {
  person: "somebody who left",
  api_key: "an API key",
  agent: "Leadwright",
  outside: "somebody outside",
};

export function actorInWords(name: string | null, kind: ActorKind): string {
  if (name === null) return BY[kind];
  return kind === "api_key" ? `${name} (API key)` : name;
}

/** "member.role-changed" → "member: role changed" */
export function actionInWords(action: string): string {
  return action.replace(/[./]/, ": ").replaceAll(/[-_/]/g, " ");
}
