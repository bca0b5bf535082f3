"use client";
import dynamic from "next/dynamic";
import { untilAlive } from "@/components/ui/until-alive";

/** The frame of the workspace does not wait for what this page edits with. */
export const NewCampaign = dynamic(() => import("./new-campaign").then((part) => untilAlive(part.NewCampaign)));
