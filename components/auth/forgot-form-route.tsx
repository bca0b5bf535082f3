"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields come. They come alive: what is typed or filled in too early would be lost. */
export const ForgotForm = dynamic(() => import("./forgot-form").then((part) => part.ForgotForm), { ssr: false });
