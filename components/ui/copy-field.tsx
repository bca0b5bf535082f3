"use client";
import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./button";
import { copyText } from "./copy-text";
import { Input } from "./input";

/** A value to take elsewhere. Where the clipboard is refused, the text is selected instead. */
export function CopyField({ value, label, multiline }: { value: string; label: string; multiline?: boolean }) {
  const ref = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const isCopied = await copyText(value);
    setCopied(isCopied);
    if (!isCopied) ref.current?.select();
  };
  return (
    <div className="flex items-start gap-2">
      {multiline ? (
        <pre className="min-w-0 flex-1 overflow-x-auto rounded-control border border-line bg-canvas p-2 font-mono text-xs">{value}</pre>
      ) : (
        <Input
          ref={ref}
          readOnly
          value={value}
          aria-label={label}
          className="font-mono text-xs"
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <Button icon={copied ? <Check /> : <Copy />} onClick={() => void copy()} aria-label={`Copy: ${label}`}>
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
