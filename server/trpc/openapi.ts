import { generateOpenApiDocument } from "trpc-to-openapi";
import { appRouter } from "./root.ts";

/** Generated from the procedures themselves, never written by hand. */
export function openApiDocument(baseUrl: string) {
  return generateOpenApiDocument(appRouter, {
    title: "Leadwright",
    description:
      "The same procedures that the app calls. Keys are made in Settings, API; each belongs to one workspace and carries scopes.",
    version: "1",
    openApiVersion: "3.1.0",
    baseUrl: `${baseUrl}/api/v1`,
  });
}
