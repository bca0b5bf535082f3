"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "./class-names";

export type Tab = { href: string; label: string; count?: number | null | undefined; current?: boolean };

/** Tabs are addresses: each can be linked, reloaded and gone back to. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line px-6 phone:px-4">
      {tabs.map((tab) => {
        const isCurrent = tab.current ?? path === tab.href.split("?")[0];
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={isCurrent ? "page" : undefined}
            data-ring="inside"
            className={cx(
              "-mb-px flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap phone:h-11",
              isCurrent ? "border-accent font-medium text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tab.label}
            {tab.count != null && <span className="text-xs text-muted">{tab.count.toLocaleString("en-GB")}</span>}
          </Link>
        );
      })}
    </nav>
  );
}

/** The same look for parts of one page that are not addresses (panels beside a list). */
export function TabStrip<Value extends string>({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: readonly { value: Value; label: string; count?: number | undefined }[];
  value: Value;
  onChange: (value: Value) => void;
  label: string;
}) {
  return (
    <div role="tablist" aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map((tab, index) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          data-ring="inside"
          onClick={() => onChange(tab.value)}
          onKeyDown={(event) => {
            const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
            const next = tabs[(index + step + tabs.length) % tabs.length];
            if (step === 0 || !next) return;
            event.preventDefault();
            onChange(next.value);
            (event.currentTarget.parentElement?.children[tabs.indexOf(next)] as HTMLElement | undefined)?.focus();
          }}
          className={cx(
            "-mb-px flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap phone:h-11",
            tab.value === value ? "border-accent font-medium text-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="text-xs text-muted">{tab.count.toLocaleString("en-GB")}</span>}
        </button>
      ))}
    </div>
  );
}
