"use client";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ImportOptions } from "#server/imports/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Combobox } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Select } from "@/components/ui/select";

/** Where the people go: list, owner, what happens to those who are here, and why they may be mailed. */
export function ImportOptionsForm({ options, onChange }: { options: ImportOptions; onChange: (next: ImportOptions) => void }) {
  const trpc = useTRPC();
  const people = useQuery(trpc.leads.options.queryOptions({}));
  const ids = { list: useId(), owner: useId(), here: useId(), basis: useId() };
  const [listName, setListName] = useState(options.listName);
  const [basis, setBasis] = useState(options.lawfulBasis ?? "");
  return (
    <div className="grid gap-3">
      <Labelled id={ids.list} label="Put them on list">
        <Input
          id={ids.list}
          value={listName}
          onChange={(event) => setListName(event.target.value)}
          // Every import has a list: emptied, the field says again which one it is.
          onBlur={() => (listName.trim() ? onChange({ ...options, listName: listName.trim() }) : setListName(options.listName))}
        />
      </Labelled>
      <Labelled id={ids.owner} label="Owner">
        <Combobox
          id={ids.owner}
          options={(people.data?.owners ?? []).map((owner) => ({ value: owner.id, label: owner.name }))}
          value={options.ownerId}
          onChange={(ownerId) => ownerId && onChange({ ...options, ownerId })}
        />
      </Labelled>
      <Labelled id={ids.here} label="People who are here already">
        <Select
          id={ids.here}
          options={[
            { value: "update", label: "Fill what is empty" },
            { value: "skip", label: "Leave alone" },
          ]}
          value={options.dedupe}
          onChange={(dedupe) => onChange({ ...options, dedupe })}
        />
      </Labelled>
      <Labelled id={ids.basis} label="Why they may be mailed" hint="Kept with each person. Leave empty when you do not know.">
        <Input
          id={ids.basis}
          value={basis}
          onChange={(event) => setBasis(event.target.value)}
          onBlur={() => onChange({ ...options, lawfulBasis: basis.trim() || null })}
        />
      </Labelled>
    </div>
  );
}
