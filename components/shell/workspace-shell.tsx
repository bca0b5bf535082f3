"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { can } from "#server/auth/constants.ts";
// Named here so that the page holds it before any part does: each of two parts would bring its own loader of what a dialog is made of,
// tuned to what that part has, and the browser keeps whichever runs first (next.js 98099; e2e/parts.spec.ts reads the build for it).
import "@/components/ui/dialog";
import type { KeyBinding } from "@/components/ui/keys/key-store";
import { KeyProvider, useActiveKeys, useKeys } from "@/components/ui/keys/use-keys";
import { later } from "@/components/ui/later";
import { ClockProvider } from "@/components/ui/time/clock";
import { undoLast } from "@/components/ui/toast";
import { ConnectionLine } from "./connection-line";
import { PhoneBar } from "./phone-bar";
import { places } from "./places";
import { Rail } from "./rail";
import { SendingPausedLine } from "./sending-paused-line";
import { useSession } from "./session";
import { ShellProvider } from "./shell-context";
import { useFocusKept } from "./use-focus-kept";
import { useFrame } from "./use-frame";

const KeysSheet = later(
  () => import("./keys-sheet").then((part) => part.KeysSheet),
  ({ bindings }) => bindings !== null,
);
const CommandPalette = later(
  () => import("./command-palette").then((part) => part.CommandPalette),
  ({ bindings }) => bindings !== null,
);

const FOLDED = "leadwright-rail-folded";

/** The frame around every page of a workspace. `bar` stands above everything (the pretend bar). */
export function WorkspaceShell({ bar, children }: { bar?: ReactNode; children: ReactNode }) {
  const { singleKeys } = useSession();
  const { now, zone, isRunning } = useFrame();
  return (
    <ClockProvider now={now} zone={zone} running={isRunning}>
      <KeyProvider lettersOn={singleKeys}>
        <Frame bar={bar}>{children}</Frame>
      </KeyProvider>
    </ClockProvider>
  );
}

function Frame({ bar, children }: { bar: ReactNode; children: ReactNode }) {
  const router = useRouter();
  const { role } = useSession();
  const { bindings, lettersOn } = useActiveKeys();
  const [keys, setKeys] = useState<KeyBinding[] | null>(null);
  const [verbs, setVerbs] = useState<KeyBinding[] | null>(null);
  const [folded, setFolded] = useFolded();
  const showKeys = useCallback(() => setKeys(bindings), [bindings]);
  const showPalette = useCallback(() => setVerbs(bindings), [bindings]);
  const shell = useMemo(() => ({ showKeys, showPalette }), [showKeys, showPalette]);

  useFocusKept();

  useKeys([
    { keys: "mod+k", label: "Search or jump", group: "Everywhere", run: showPalette },
    { keys: "?", label: "Keys of this page", group: "Everywhere", run: showKeys },
    { keys: "[", label: "Fold or unfold the rail", group: "Everywhere", run: () => setFolded(!folded) },
    { keys: "z", label: "Undo the last act", group: "Everywhere", run: () => undoLast() },
    ...places.flatMap((place) =>
      place.letter && can(role, place.permission)
        ? [{ keys: `g ${place.letter}`, label: place.label, group: "Places", run: () => router.push(place.href) }]
        : [],
    ),
  ]);

  return (
    <ShellProvider value={shell}>
      <div className="flex h-dvh flex-col">
        {bar}
        <div className="flex min-h-0 flex-1">
          <Rail folded={folded} onFold={() => setFolded(!folded)} onSearch={showPalette} />
          <div className="flex min-w-0 flex-1 flex-col">
            <ConnectionLine />
            <SendingPausedLine />
            <main tabIndex={-1} className="min-h-0 flex-1 outline-none">
              {children}
            </main>
          </div>
        </div>
        <PhoneBar />
      </div>
      <KeysSheet bindings={keys} lettersOn={lettersOn} onClose={() => setKeys(null)} />
      <CommandPalette bindings={verbs} onClose={() => setVerbs(null)} />
    </ShellProvider>
  );
}

function useFolded(): [boolean, (folded: boolean) => void] {
  const [folded, setFolded] = useState(false);
  useEffect(() => setFolded(localStorage.getItem(FOLDED) === "1"), []);
  return [
    folded,
    (next) => {
      setFolded(next);
      localStorage.setItem(FOLDED, next ? "1" : "0");
    },
  ];
}
