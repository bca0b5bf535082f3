"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const ClaimForm = dynamic(() => import("./claim-form").then((part) => part.ClaimForm));
