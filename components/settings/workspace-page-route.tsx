"use client";
import dynamic from "next/dynamic";

/** The frame of the workspace does not wait for what this page edits with. */
export const WorkspacePage = dynamic(() => import("./workspace-page").then((part) => part.WorkspacePage));
