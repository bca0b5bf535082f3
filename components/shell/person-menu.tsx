"use client";
import { useMutation } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useTRPC } from "@/components/trpc/client";
import { cx } from "@/components/ui/class-names";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { useSession } from "./session";
import { useShell } from "./shell-context";

export function usePersonEntries(): MenuEntry[] {
  const trpc = useTRPC();
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  const { showKeys } = useShell();
  // A new document: nothing of this person stays in memory.
  const leave = () =>
    void import("next-auth/react").then(({ signOut }) => signOut({ redirect: false })).finally(() => window.location.assign("/sign-in"));
  const everywhere = useMutation(trpc.auth.signOutEverywhere.mutationOptions({ onSuccess: leave }));
  return [
    { label: "Profile", onSelect: () => router.push("/settings/profile") },
    { label: "Keys of this page", hotkey: "?", onSelect: showKeys },
    { kind: "line" },
    { kind: "heading", label: "Theme" },
    { label: "As the system", checked: theme === "system", onSelect: () => setTheme("system") },
    { label: "Light", checked: theme === "light", onSelect: () => setTheme("light") },
    { label: "Dark", checked: theme === "dark", onSelect: () => setTheme("dark") },
    { kind: "line" },
    { label: "Sign out", onSelect: leave },
    { label: "Sign out everywhere", onSelect: () => everywhere.mutate() },
  ];
}

export function PersonMenu({ folded }: { folded: boolean }) {
  const { fullName } = useSession();
  const entries = usePersonEntries();
  return (
    <Menu
      side="top"
      entries={entries}
      trigger={
        <button
          type="button"
          data-ring="inside"
          className={cx(
            "flex h-8 min-w-0 items-center gap-2 rounded-control px-2 text-left text-sm hover:bg-hover",
            folded && "justify-center px-0",
          )}
        >
          <span
            aria-hidden="true"
            className="flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-medium text-accent"
          >
            {[...fullName][0]?.toUpperCase()}
          </span>
          <span className={folded ? "sr-only" : "min-w-0 flex-1 truncate"}>
            <bdi>{fullName}</bdi>
          </span>
          {!folded && <ChevronsUpDown className="size-3.5 shrink-0 text-muted" />}
        </button>
      }
    />
  );
}
