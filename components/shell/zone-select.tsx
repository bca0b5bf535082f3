"use client";
import { useMemo } from "react";
import { Combobox } from "@/components/ui/combobox";

type ZoneSelectProps = { id?: string; value: string; onChange: (zone: string) => void; label?: string };

/** Every time zone of the world, found by its city. */
export function ZoneSelect({ id, value, onChange, label }: ZoneSelectProps) {
  const options = useMemo(() => {
    const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...(value ? [value] : [])]);
    return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  }, [value]);
  return (
    <Combobox
      id={id}
      label={label}
      options={options}
      value={value || null}
      onChange={(zone) => zone && onChange(zone)}
      placeholder="Type a city"
      none="No zone has this name."
    />
  );
}
