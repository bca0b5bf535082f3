"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const ResetForm = dynamic(() => import("./reset-form").then((part) => part.ResetForm));
