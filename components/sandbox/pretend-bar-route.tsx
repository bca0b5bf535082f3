"use client";
import dynamic from "next/dynamic";

/** Only a pretend workspace carries it. */
export const PretendBar = dynamic(() => import("./pretend-bar").then((part) => part.PretendBar));
