import { serve } from "inngest/next";
import { env } from "#server/core/env.ts";
import { inngest, isEngineEmbedded } from "#server/jobs/client.ts";
import { functions } from "#server/jobs/registry.ts";

/**
 * For where there is no worker (serverless): an Inngest elsewhere calls the functions here. Only signed calls are
 * possible, so without a signing key, and with the embedded engine, there is no such page.
 */
const isOpen = !isEngineEmbedded && env.INNGEST_SIGNING_KEY !== undefined;
const absent = () => Response.json({ error: "not found" }, { status: 404 });
const handlers = isOpen ? serve({ client: inngest, functions }) : { GET: absent, POST: absent, PUT: absent };

export const { GET, POST, PUT } = handlers;
