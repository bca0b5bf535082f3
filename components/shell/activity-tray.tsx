"use client";

export function ActivityTray(_: { folded: boolean }) {
  return null;
}
