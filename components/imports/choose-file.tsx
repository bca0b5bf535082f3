"use client";
import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { MAX_FILE_BYTES } from "#server/imports/schema.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { ProgressBar } from "@/components/ui/progress-bar";
import { sampleList } from "./sample-list";

/** Drop, choose or paste: all three store the raw file first. */
export function ChooseFile({ onStored }: { onStored: (id: string) => void }) {
  const trpc = useTRPC();
  const { workspaceId, kind } = useSession();
  const fileId = useId();
  const pasteId = useId();
  const [sent, setSent] = useState<{ done: number; total: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const [text, setText] = useState("");
  const fileField = useRef<HTMLInputElement>(null);
  const pasteForm = useRef<HTMLFormElement>(null);
  const wantsSample = useSearchParams().get("sample") !== null;
  const hasTaken = useRef(false);
  const check = useMutation(trpc.imports.requestCheck.mutationOptions());
  const paste = useMutation(trpc.imports.paste.mutationOptions());
  const castList = useMutation(trpc.sandbox.storeSampleList.mutationOptions({ onSuccess: ({ importId }) => stored(importId) }));

  const stored = (id: string) => check.mutate({ id }, { onSettled: () => onStored(id) });
  const send = async (file: File) => {
    setProblem(null);
    if (file.size > MAX_FILE_BYTES) return setProblem("This file is larger than 512 MB. Cut it into parts; nothing will double.");
    try {
      stored(await upload(file, workspaceId, setSent));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The file did not arrive. Try again.");
    } finally {
      setSent(null);
    }
  };
  // What was chosen or typed before the page came alive caused no event that React heard.
  const takeEarly = useRef(() => {
    const file = fileField.current?.files?.[0];
    if (file) {
      void send(file);
      if (fileField.current) fileField.current.value = "";
    }
    const typed = pasteForm.current?.querySelector("textarea")?.value;
    if (typed) setText(typed);
  });
  useEffect(() => takeEarly.current(), []);
  const submitPaste = (rows: string) => paste.mutate({ text: rows }, { onSuccess: ({ id }) => stored(id) });
  // A pretend workspace has its cast; elsewhere a dozen invented rows show what an import does.
  const sample = () => (kind === "sandbox" ? castList.mutate() : submitPaste(sampleList));
  const takeSample = useRef(sample);
  takeSample.current = sample;
  useEffect(() => {
    if (!wantsSample || hasTaken.current) return;
    hasTaken.current = true;
    takeSample.current();
  }, [wantsSample]);

  return (
    <div className="grid max-w-form gap-6">
      <label
        htmlFor={fileId}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file) void send(file);
        }}
        className={cx(
          "grid cursor-pointer justify-items-center gap-2 rounded-panel border border-dashed border-control px-6 py-10 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent",
          isOver ? "bg-accent-soft" : "bg-canvas",
        )}
      >
        <Upload className="size-5 text-muted" aria-hidden="true" />
        <span className="text-base font-medium">Drop a CSV file here, or choose one</span>
        <span className="text-sm text-muted">Any delimiter and encoding. Nothing is written before you have seen what it would do.</span>
        <input
          ref={fileField}
          id={fileId}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          className="sr-only"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void send(file);
            event.target.value = "";
          }}
        />
      </label>
      {sent && <ProgressBar label={`Sending ${megabytes(sent.done)} of ${megabytes(sent.total)}`} done={sent.done} total={sent.total} />}
      <Problem>
        {problem ?? ((paste.error ?? castList.error ?? check.error) && sentenceOf(paste.error ?? castList.error ?? check.error))}
      </Problem>
      <form
        ref={pasteForm}
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          submitPaste(text);
        }}
      >
        <Labelled id={pasteId} label="Or paste rows" hint="From a spreadsheet or a list, with or without headings.">
          <Textarea
            id={pasteId}
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={"Name\tCompany\tE-mail"}
          />
        </Labelled>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" disabled={text.trim() === ""} busy={paste.isPending || check.isPending}>
            Look at these rows
          </Button>
          <Button variant="quiet" busy={castList.isPending} onClick={sample}>
            Try the sample list
          </Button>
        </div>
      </form>
    </div>
  );
}

/** XMLHttpRequest and not fetch: it reports how much has left. */
function upload(file: File, workspaceId: string, onProgress: (sent: { done: number; total: number }) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", file.type || "text/csv");
    request.setRequestHeader("x-workspace", workspaceId);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress({ done: event.loaded, total: event.total });
    request.onerror = () => reject(new Error("The connection broke while the file was on its way. Nothing was imported; send it again."));
    request.onload = () => {
      const answer = request.response as { id?: string; detail?: string } | null;
      if (request.status === 201 && answer?.id) resolve(answer.id);
      else reject(new Error(answer?.detail ?? "The file did not arrive. Try again."));
    };
    request.send(file);
  });
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
