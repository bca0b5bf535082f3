"use client";
import { Button } from "@/components/ui/button";

/** Hands a file made by the server to the browser. */
export function DownloadButton({ fetchFile, busy }: { fetchFile: () => Promise<{ fileName: string; csv: string }>; busy?: boolean }) {
  const download = async () => {
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
    <Button busy={busy ?? false} onClick={() => void download()}>
      Download
    </Button>
  );
}
