"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Combobox } from "@/components/ui/combobox";

const MOST = 8;

type Props = { id: string; value: string | null; onChange: (leadId: string | null) => void };

/** One of the people we know, found by typing. */
export function PersonPicker({ id, value, onChange }: Props) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const found = useQuery(trpc.leads.list.queryOptions({ limit: MOST, ...(text.trim() && { search: text.trim() }) }));
  const options = (found.data?.items ?? []).map((lead) => ({
    value: lead.id,
    label: lead.fullName,
    ...(lead.company && { detail: lead.company }),
  }));
  return <Combobox id={id} options={options} value={value} onChange={onChange} onSearch={setText} none="Nobody matches." />;
}
