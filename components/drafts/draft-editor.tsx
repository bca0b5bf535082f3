"use client";
import { useState } from "react";
import { paragraphsOf } from "#server/writing/constants.ts";
import type { DraftView } from "#server/writing/schema.ts";
import { Button } from "@/components/ui/button";
import { Input, Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import type { EditDraft } from "./use-draft-acts";

/** The whole mail as text. Sentences that stay as they are keep their sources; the rest is the person's own. */
export function DraftEditor({ draft, edit, onClose }: { draft: DraftView; edit: EditDraft; onClose: () => void }) {
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(() => bodyOf(draft));
  const isChanged = subject !== draft.subject || text !== bodyOf(draft);
  const save = () => !edit.isPending && edit.mutate({ draftId: draft.id, subject, text }, { onSuccess: onClose });
  return (
    <form
      className="grid max-w-reading gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        // Only Cancel drops what was written.
        if (event.key === "Escape" && !isChanged) onClose();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
      }}
    >
      <Labelled id="draft-subject" label="Subject">
        <Input id="draft-subject" value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />
      </Labelled>
      <Labelled
        id="draft-text"
        label="Mail"
        hint="A sentence that you leave as it is keeps its sources; what you change is your own. Signature and the way to opt out are added when it leaves."
      >
        <Textarea id="draft-text" rows={16} autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      </Labelled>
      <Problem>{edit.error && edit.variables?.draftId === draft.id && sentenceOf(edit.error)}</Problem>
      <div className="flex gap-2">
        <Button type="submit" busy={edit.isPending}>
          Save mail
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function bodyOf(draft: DraftView): string {
  return paragraphsOf(draft.sentences)
    .map((paragraph) => paragraph.map((sentence) => sentence.text).join(" "))
    .join("\n\n");
}
