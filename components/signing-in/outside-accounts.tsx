"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { beginOutside } from "@/components/auth/begin-outside";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";

const LABEL: Record<string, string> = { google: "Google", microsoft: "Microsoft" };

/** Connected only from here, or by an invitation: an address alone never lets anybody in. */
export function OutsideAccounts({ state, onChange }: { state: RouterOutputs["auth"]["signingIn"]; onChange: () => void }) {
  const trpc = useTRPC();
  const [problem, setProblem] = useState<string | null>(null);
  const disconnect = useMutation(
    trpc.auth.disconnect.mutationOptions({ onSuccess: () => showDone("Disconnected the account."), onSettled: onChange }),
  );
  const connect = async (name: string) => setProblem(await beginOutside(name, { kind: "link" }, window.location.href));
  return (
    <div className="grid gap-3">
      {state.outside.length > 0 && (
        <ul>
          {state.outside.map((account) => (
            <li key={account.id} className="flex min-h-9 flex-wrap items-center gap-x-4 text-sm">
              <span className="min-w-0 flex-1 truncate">
                {LABEL[account.provider]} <bdi className="text-muted">{account.label}</bdi>
              </span>
              {account.lastUsedAt && (
                <span className="text-muted">
                  used <RelativeTime at={account.lastUsedAt} />
                </span>
              )}
              <Button size="sm" variant="quiet" busy={disconnect.isPending} onClick={() => disconnect.mutate({ id: account.id })}>
                Disconnect
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        {state.offered.map(({ name, label }) => (
          <Button key={name} onClick={() => void connect(name)}>
            Connect {label}
          </Button>
        ))}
      </div>
      <Problem>{problem ?? (disconnect.error && sentenceOf(disconnect.error))}</Problem>
    </div>
  );
}
