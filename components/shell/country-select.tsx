"use client";
import { useMemo } from "react";
import { NOT_COUNTRIES } from "#server/leads/constants.ts";
import { Combobox } from "@/components/ui/combobox";

type CountrySelectProps = { id?: string; value: string | null; onChange: (code: string | null) => void; label?: string };

/** Every country by its English name; what is kept is the two-letter code. */
export function CountrySelect({ id, value, onChange, label }: CountrySelectProps) {
  const options = useMemo(countries, []);
  return (
    <Combobox
      id={id}
      label={label}
      options={options}
      value={value}
      onChange={onChange}
      placeholder="Type a country"
      none="No country has this name."
    />
  );
}

function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .flatMap((code) => {
      const name = NOT_COUNTRIES.includes(code) ? undefined : names.of(code);
      return name ? [{ value: code, label: name }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}
