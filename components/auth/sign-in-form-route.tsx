"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields come. They come alive: what is typed or filled in too early would be lost. */
export const SignInForm = dynamic(() => import("./sign-in-form").then((part) => part.SignInForm), { ssr: false });
