"use client";
import dynamic from "next/dynamic";
import { untilAlive } from "@/components/ui/until-alive";

/** The frame of the workspace does not wait for what this page edits with. */
export const ImportPage = dynamic(() => import("./import-page").then((part) => untilAlive(part.ImportPage)));
