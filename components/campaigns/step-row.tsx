"use client";
import { ArrowDown, ArrowUp, Clock, Mail, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import type { StepInput } from "#server/campaigns/schema.ts";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Select } from "@/components/ui/select";
import { intentOptions, intentWords } from "./words";

export type EditedStep = { key: string; input: StepInput };

type StepRowProps = {
  step: StepInput;
  place: number;
  mailNumber: number;
  canWrite: boolean;
  onChange: (step: StepInput) => void;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
};

/** One step as a line; a mail opens to its words. Moved, changed and removed by keyboard as well as by pointer. */
export function StepRow({ step, place, mailNumber, canWrite, onChange, onRemove, onUp, onDown }: StepRowProps) {
  const [isOpen, setOpen] = useState(false);
  const name = step.kind === "email" ? `mail ${mailNumber}` : `wait at place ${place}`;
  return (
    <li className="border-b border-line py-1.5">
      <div className="flex min-h-9 flex-wrap items-center gap-2 text-sm">
        <span className="w-5 text-right text-muted">{place}</span>
        {step.kind === "email" ? (
          <Mail aria-hidden="true" className="size-4 text-muted" />
        ) : (
          <Clock aria-hidden="true" className="size-4 text-muted" />
        )}
        <span className="w-10 font-medium">{step.kind === "email" ? "Mail" : "Wait"}</span>
        <div className="min-w-0 flex-1 phone:order-last phone:basis-full phone:pl-7">
          {step.kind === "wait" ? (
            <WaitDays
              days={step.config.workingDays}
              canWrite={canWrite}
              onChange={(workingDays) => onChange({ ...step, config: { workingDays } })}
            />
          ) : (
            <span className="truncate">
              {step.config.subject ? <bdi>“{step.config.subject}”</bdi> : intentWords[step.config.intent]}
              <span className="text-muted"> · {step.config.thread === "same" ? "same thread" : "new thread"}</span>
              {step.config.instruction && <span className="text-muted"> · with a note to the writer</span>}
              {step.config.bookingLink && <span className="text-muted"> · with the booking link</span>}
            </span>
          )}
        </div>
        {canWrite && (
          <div className="flex items-center phone:ml-auto">
            {step.kind === "email" && (
              <Button size="sm" variant="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {isOpen ? "Close" : "Edit"}
              </Button>
            )}
            <IconButton label={`Move ${name} up`} disabled={!onUp} onClick={onUp}>
              <ArrowUp className="size-4" />
            </IconButton>
            <IconButton label={`Move ${name} down`} disabled={!onDown} onClick={onDown}>
              <ArrowDown className="size-4" />
            </IconButton>
            <IconButton label={`Remove ${name}`} onClick={onRemove}>
              <Trash2 className="size-4" />
            </IconButton>
          </div>
        )}
      </div>
      {isOpen && step.kind === "email" && <MailFields step={step} isFirst={mailNumber === 1} onChange={onChange} />}
    </li>
  );
}

function WaitDays({ days, canWrite, onChange }: { days: number; canWrite: boolean; onChange: (days: number) => void }) {
  const words = days === 1 ? "working day" : "working days";
  // The text as it is typed: emptied, the field stays empty, so that 5 in the place of 3 is 5 and not 15.
  const [text, setText] = useState(String(days));
  const [shown, setShown] = useState(days);
  if (shown !== days) {
    setShown(days);
    setText(String(days));
  }
  const type = (typed: string) => {
    setText(typed);
    const wanted = Math.min(60, Math.round(Number(typed)));
    if (!(wanted >= 1)) return;
    setShown(wanted);
    onChange(wanted);
  };
  if (!canWrite)
    return (
      <>
        {days} {words}
      </>
    );
  return (
    <span className="flex items-center gap-2">
      <span className="w-16 shrink-0">
        <Input
          type="number"
          min={1}
          max={60}
          aria-label="Working days to wait"
          value={text}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setText(String(days))}
        />
      </span>
      {words}
    </span>
  );
}

function MailFields({
  step,
  isFirst,
  onChange,
}: {
  step: Extract<StepInput, { kind: "email" }>;
  isFirst: boolean;
  onChange: (step: StepInput) => void;
}) {
  const id = useId();
  const set = (config: Partial<typeof step.config>) => onChange({ ...step, config: { ...step.config, ...config } });
  return (
    <div className="grid max-w-form gap-3 py-3 pl-7 phone:pl-0">
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Labelled id={`${id}-intent`} label="What it is for">
          <Select id={`${id}-intent`} options={intentOptions} value={step.config.intent} onChange={(intent) => set({ intent })} />
        </Labelled>
        {!isFirst && (
          <Labelled id={`${id}-thread`} label="Thread">
            <Select
              id={`${id}-thread`}
              options={[
                { value: "same" as const, label: "Same thread" },
                { value: "new" as const, label: "New thread" },
              ]}
              value={step.config.thread}
              onChange={(thread) => set({ thread })}
            />
          </Labelled>
        )}
      </div>
      {step.config.thread === "new" && (
        <Labelled id={`${id}-subject`} label="Subject" hint="Empty: one is written for each person.">
          <Input
            id={`${id}-subject`}
            maxLength={120}
            value={step.config.subject ?? ""}
            onChange={(event) => set({ subject: event.target.value.trim() === "" ? null : event.target.value })}
          />
        </Labelled>
      )}
      <Labelled
        id={`${id}-note`}
        label="What should it say?"
        hint="A note to the writer. Mails rest on facts of the person and on your offer only."
      >
        <Textarea
          id={`${id}-note`}
          rows={3}
          maxLength={2000}
          value={step.config.instruction}
          onChange={(event) => set({ instruction: event.target.value })}
        />
      </Labelled>
      <Checkbox
        checked={step.config.bookingLink ?? false}
        onChange={(bookingLink) => set({ bookingLink })}
        detail="A line with the reader's own link to the sender's booking page. Left out while this address cannot be reached from outside, and for senders without a page."
      >
        Offer the booking page
      </Checkbox>
    </div>
  );
}
