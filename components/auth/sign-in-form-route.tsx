"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const SignInForm = dynamic(() => import("./sign-in-form").then((part) => part.SignInForm));
