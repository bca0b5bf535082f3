"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd, keyName } from "@/components/ui/kbd";
import type { KeyBinding } from "@/components/ui/keys/key-store";

/** What can be pressed on this page. `bindings` is null while it is closed. */
export function KeysSheet({
  bindings,
  lettersOn,
  onClose,
}: {
  bindings: readonly KeyBinding[] | null;
  lettersOn: boolean;
  onClose: () => void;
}) {
  const withKey = distinct(bindings ?? []).filter((binding) => binding.keys !== "");
  const groups = Map.groupBy(withKey, (binding) => binding.group ?? "This page");
  return (
    <Dialog
      open={bindings !== null}
      onOpenChange={(open) => !open && onClose()}
      wide
      title="Keys of this page"
      description={
        lettersOn
          ? "They sleep while a field has the focus. Single letters can be switched off in your profile."
          : "Single-letter keys are switched off in your profile."
      }
    >
      <div className="gap-x-6 sm:columns-2">
        {[...groups].map(([group, list]) => (
          <section key={group} className="break-inside-avoid pb-6">
            <h3 className="border-b border-line pb-1 text-xs text-muted">{group}</h3>
            <ul>
              {list.map((binding) => (
                <li key={binding.keys} className="flex items-center justify-between gap-4 py-1 text-sm">
                  {binding.label}
                  <Kbd className="h-5 text-ink">{keyName(binding.keys)}</Kbd>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** The newest registration of a key is the one that runs, so only that one is shown. */
export function distinct(bindings: readonly KeyBinding[]): KeyBinding[] {
  const newest = new Map<string, KeyBinding>();
  for (const binding of bindings) newest.set(binding.keys || `name ${binding.label}`, binding);
  return [...newest.values()].filter((binding) => binding.listed !== false && binding.label !== "");
}
