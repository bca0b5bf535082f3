"use client";
import { Button } from "@/components/ui/button";

/** Shown once. Each works once, when the phone is gone. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Recovery codes of Leadwright, each works once:\n\n${codes.join("\n")}\n`)}`;
  return (
    <div className="grid max-w-form gap-4">
      <p className="text-base">
        Keep these where you find them without your phone. Each works once instead of a code; they are shown only now.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-8 gap-y-1 rounded-panel border border-line p-4 font-mono text-sm sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <a
          href={file}
          download="leadwright-recovery-codes.txt"
          className="inline-flex h-8 items-center rounded-control border border-control px-3 text-sm hover:bg-hover"
        >
          Download
        </a>
        <Button variant="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
