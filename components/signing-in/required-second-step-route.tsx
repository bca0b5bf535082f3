"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const RequiredSecondStep = dynamic(() => import("./required-second-step").then((part) => part.RequiredSecondStep));
