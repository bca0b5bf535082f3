"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { editBookingPageInput } from "#server/meetings/schema.ts";
import { ZoneSelect } from "@/components/shell/zone-select";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Switch } from "@/components/ui/switch";
import { showDone } from "@/components/ui/toast";
import type { BookingPageRow } from "./booking-pages";
import { HoursFields } from "./hours-fields";

type Numbers = "durationMinutes" | "bufferMinutes" | "noticeMinutes" | "horizonDays";
const NUMBERS: { key: Numbers; label: string; hint: string; per?: number }[] = [
  { key: "durationMinutes", label: "Length in minutes", hint: "10 to 240" },
  { key: "bufferMinutes", label: "Free between meetings, minutes", hint: "0 to 120" },
  { key: "noticeMinutes", label: "Earliest, hours from now", hint: "0 to 336", per: 60 },
  { key: "horizonDays", label: "Latest, days from now", hint: "1 to 120" },
];

/** Hours, length and place of one person's booking page. */
export function BookingPageSheet({ page, onClose }: { page: BookingPageRow; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(page);
  const parsed = editBookingPageInput.safeParse({ ...draft, question: draft.question || null });
  const problems = new Map(parsed.error?.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const set = <Key extends keyof BookingPageRow>(key: Key, value: BookingPageRow[Key]) => setDraft((old) => ({ ...old, [key]: value }));
  const save = useMutation(
    trpc.meetings.savePage.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(trpc.meetings.pathFilter()),
      onSuccess: () => {
        showDone("Saved the booking page.");
        onClose();
      },
    }),
  );
  const text = (key: "name" | "slug" | "place" | "question", label: string, hint?: string) => (
    <Labelled id={`page-${key}`} label={label} hint={hint} problem={problems.get(key)}>
      <Input id={`page-${key}`} value={draft[key] ?? ""} onChange={(event) => set(key, event.target.value)} />
    </Labelled>
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>Booking page of {page.ownerName}</bdi>}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Back
          </Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!parsed.success}
            onClick={() => parsed.data && save.mutate(parsed.data)}
          >
            Save booking page
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Switch checked={draft.isActive} onChange={(on) => set("isActive", on)} detail="Closed, its link says that it does not exist.">
          Open for bookings
        </Switch>
        {text("name", "Name", "What the meeting is called, such as Intro")}
        {text("slug", "Address", "After /book/")}
        {text("place", "Where", "A call link, or where you meet")}
        {text("question", "One question to them", "Optional")}
        <div className="grid grid-cols-2 gap-4">
          {NUMBERS.map(({ key, label, hint, per = 1 }) => (
            <Labelled key={key} id={`page-${key}`} label={label} hint={hint} problem={problems.get(key)}>
              <Input
                id={`page-${key}`}
                type="number"
                inputMode="numeric"
                value={Number.isNaN(draft[key]) ? "" : draft[key] / per}
                onChange={(event) => set(key, event.target.value === "" ? Number.NaN : Math.round(Number(event.target.value) * per))}
              />
            </Labelled>
          ))}
        </div>
        <Labelled id="page-zone" label="Zone of these hours">
          <ZoneSelect id="page-zone" value={draft.timeZone} onChange={(zone) => set("timeZone", zone)} />
        </Labelled>
        <HoursFields hours={draft.hours} onChange={(hours) => set("hours", hours)} />
        <Problem>{problems.get("hours")}</Problem>
        <Problem>{save.error && sentenceOf(save.error)}</Problem>
      </div>
    </Sheet>
  );
}
