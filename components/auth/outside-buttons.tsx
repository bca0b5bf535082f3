"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/list-states";
import { beginOutside } from "./begin-outside";

type Props = { offered: readonly { name: string; label: string }[]; next: string; invitation?: string; verb?: string };

/** Absent unless they are configured. */
export function OutsideButtons({ offered, next, invitation, verb = "Sign in with" }: Props) {
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (offered.length === 0) return null;
  const begin = async (name: string) => {
    setBusy(name);
    const refusal = await beginOutside(name, invitation ? { kind: "invitation", token: invitation } : { kind: "none" }, next);
    setProblem(refusal);
    if (refusal) setBusy(null);
  };
  return (
    <div className="mt-6 grid gap-2 border-t border-line pt-6">
      {offered.map(({ name, label }) => (
        <Button key={name} busy={busy === name} disabled={busy !== null} onClick={() => void begin(name)}>
          {verb} {label}
        </Button>
      ))}
      <Problem>{problem}</Problem>
    </div>
  );
}
