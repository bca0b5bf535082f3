"use client";
import { useEffect } from "react";

/** The browser's title carries the count: "(5) Inbox". */
export function useTitleCount(count: number | undefined): void {
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = count ? `(${count}) ${plain}` : plain;
  }, [count]);
}
