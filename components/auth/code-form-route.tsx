"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const CodeForm = dynamic(() => import("./code-form").then((part) => part.CodeForm));
