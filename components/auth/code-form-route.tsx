"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields come. They come alive: what is typed or filled in too early would be lost. */
export const CodeForm = dynamic(() => import("./code-form").then((part) => part.CodeForm), { ssr: false });
