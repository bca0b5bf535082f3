"use client";
import dynamic from "next/dynamic";

/** The frame of the workspace does not wait for what this page edits with. */
export const ImportPage = dynamic(() => import("./import-page").then((part) => part.ImportPage));
