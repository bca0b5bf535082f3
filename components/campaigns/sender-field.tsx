"use client";
import type { CampaignSender } from "#server/campaigns/schema.ts";
import { Checkbox } from "@/components/ui/checkbox";
import { RadioGroup } from "@/components/ui/radio";

const modes = [
  { value: "owner" as const, label: "The lead's owner", detail: "each person hears from who owns them" },
  { value: "mailboxes" as const, label: "Chosen mailboxes", detail: "the one that can send first" },
  { value: "pool" as const, label: "Any mailbox", detail: "all that can send share the load" },
];

type SenderFieldProps = {
  value: CampaignSender;
  onChange: (sender: CampaignSender) => void;
  mailboxes: readonly { id: string; address: string }[];
};

export function SenderField({ value, onChange, mailboxes }: SenderFieldProps) {
  const chosen = value.mode === "mailboxes" ? value.mailboxIds : [];
  return (
    <div className="grid gap-3">
      <RadioGroup
        label="Who sends"
        options={modes}
        value={value.mode}
        onChange={(mode) => onChange(mode === "mailboxes" ? { mode, mailboxIds: mailboxes.map((mailbox) => mailbox.id) } : { mode })}
      />
      {value.mode === "mailboxes" && (
        <div className="grid gap-2 pl-6">
          {mailboxes.length === 0 && <p className="text-sm text-muted">No mailbox is connected.</p>}
          {mailboxes.map((mailbox) => (
            <Checkbox
              key={mailbox.id}
              checked={chosen.includes(mailbox.id)}
              onChange={(on) =>
                onChange({ mode: "mailboxes", mailboxIds: on ? [...chosen, mailbox.id] : chosen.filter((id) => id !== mailbox.id) })
              }
            >
              {mailbox.address}
            </Checkbox>
          ))}
        </div>
      )}
    </div>
  );
}
