"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";

/** Hands a file made by the server to the browser. */
export function DownloadButton({ fetchFile, busy }: { fetchFile: () => Promise<{ fileName: string; csv: string }>; busy?: boolean }) {
  const [problem, setProblem] = useState<string | null>(null);
  const download = async () => {
    setProblem(null);
    const { fileName, csv } = await fetchFile();
    // The mark makes spreadsheets read it as UTF-8.
    const url = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <>
      <Problem>{problem}</Problem>
      <Button busy={busy ?? false} onClick={() => void download().catch((error: Error) => setProblem(sentenceOf(error)))}>
        Download
      </Button>
    </>
  );
}
