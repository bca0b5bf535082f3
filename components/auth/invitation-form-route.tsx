"use client";
import dynamic from "next/dynamic";

/** The card stands before its fields and their rules have come. */
export const InvitationForm = dynamic(() => import("./invitation-form").then((part) => part.InvitationForm));
