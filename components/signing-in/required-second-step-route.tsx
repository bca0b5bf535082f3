"use client";
import dynamic from "next/dynamic";
import { untilAlive } from "@/components/ui/until-alive";

/** The card stands before its fields and their rules have come. */
export const RequiredSecondStep = dynamic(() => import("./required-second-step").then((part) => untilAlive(part.RequiredSecondStep)));
