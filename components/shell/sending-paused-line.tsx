"use client";
import { Pause } from "lucide-react";
import Link from "next/link";
import { Instant } from "@/components/ui/time/relative-time";
import { useFrame } from "./use-frame";

/** On every page while all sending is paused: who pressed it, when and why. */
export function SendingPausedLine() {
  const { sendingPause } = useFrame();
  if (!sendingPause) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-2 bg-attention-soft px-6 py-1.5 text-sm text-attention phone:px-4">
      <Pause aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1">
        All sending is paused{sendingPause.by && <> by {sendingPause.by}</>} since <Instant at={sendingPause.at} />
        {sendingPause.reason && <>: {sendingPause.reason}</>}. Nothing leaves until it is resumed.
      </span>
      <Link href="/campaigns" className="font-medium underline">
        Open campaigns
      </Link>
    </div>
  );
}
