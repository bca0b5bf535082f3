"use client";
import dynamic from "next/dynamic";
import { untilAlive } from "@/components/ui/until-alive";

/** The frame of the workspace does not wait for what this page edits with. */
export const CampaignSteps = dynamic(() => import("./campaign-steps").then((part) => untilAlive(part.CampaignSteps)));
