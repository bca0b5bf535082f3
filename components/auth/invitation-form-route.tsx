"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields come. They come alive: what is typed or filled in too early would be lost. */
export const InvitationForm = dynamic(() => import("./invitation-form").then((part) => part.InvitationForm), { ssr: false });
