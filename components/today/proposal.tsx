"use client";
import { useState } from "react";
import type { TaskProposal } from "#server/tasks/schema.ts";
import { Button } from "@/components/ui/button";
import { Input, Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Terms } from "@/components/ui/section";

type Props = { proposal: TaskProposal; busy: boolean; onAccept: (message?: { subject: string; text: string }) => void };

/** What the agent proposes, in full, before one key does it. */
export function Proposal({ proposal, busy, onAccept }: Props) {
  return proposal.type === "new_person" ? (
    <div className="grid gap-3">
      <Terms
        items={[
          { term: "Name", value: <bdi>{proposal.fullName}</bdi> },
          { term: "E-mail", value: proposal.email ?? "not named" },
          ...(proposal.title ? [{ term: "Title", value: <bdi>{proposal.title}</bdi> }] : []),
          ...(proposal.company ? [{ term: "Company", value: <bdi>{proposal.company}</bdi> }] : []),
        ]}
      />
      <div>
        <Button single variant="primary" hotkey="a" busy={busy} onClick={() => onAccept()}>
          Add person
        </Button>
      </div>
    </div>
  ) : (
    <MessageProposal proposal={proposal} busy={busy} onAccept={onAccept} />
  );
}

function MessageProposal({ proposal, busy, onAccept }: Props & { proposal: Extract<TaskProposal, { type: "message" }> }) {
  const [subject, setSubject] = useState(proposal.subject);
  const [text, setText] = useState(proposal.text);
  return (
    <div className="grid max-w-form gap-3">
      <Labelled id="proposal-subject" label="Subject">
        <Input id="proposal-subject" value={subject} maxLength={300} onChange={(event) => setSubject(event.target.value)} />
      </Labelled>
      <Labelled id="proposal-text" label="Mail">
        <Textarea id="proposal-text" rows={10} value={text} onChange={(event) => setText(event.target.value)} />
      </Labelled>
      <div>
        <Button
          single
          variant="primary"
          hotkey="a"
          busy={busy}
          disabled={!subject.trim() || !text.trim()}
          onClick={() => onAccept({ subject, text })}
        >
          Send mail
        </Button>
      </div>
    </div>
  );
}
