"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const ForgotForm = dynamic(() => import("./forgot-form").then((part) => part.ForgotForm));
