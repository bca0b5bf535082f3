"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";

type Props = { zone: string; isStated: boolean; zones: readonly string[]; kept: Record<string, string> };

/** The visitor's zone: found by their browser, changeable by hand; without script the button does it. */
export function ZoneForm({ zone, isStated, zones, kept }: Props) {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const go = (next: string) => {
    const wanted = new URLSearchParams(search);
    wanted.set("zone", next);
    router.replace(`${path}?${wanted}`);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!isStated && own && own !== zone) go(own);
  }, []);
  return (
    <form method="get" className="mt-4 grid gap-1 text-sm">
      {Object.entries(kept).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <label htmlFor="zone" className="text-muted">
        Times in
      </label>
      <select
        id="zone"
        name="zone"
        value={zone}
        onChange={(event) => go(event.target.value)}
        className="h-11 w-full min-w-0 rounded-control border border-control bg-surface px-2 text-base"
      >
        {(zones.includes(zone) ? zones : [zone, ...zones]).map((each) => (
          <option key={each} value={each}>
            {each.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" className="h-11 w-full rounded-control border border-control">
          Change zone
        </button>
      </noscript>
    </form>
  );
}
