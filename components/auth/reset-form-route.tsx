"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields come. They come alive: what is typed or filled in too early would be lost. */
export const ResetForm = dynamic(() => import("./reset-form").then((part) => part.ResetForm), { ssr: false });
