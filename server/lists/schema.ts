import * as z from "zod";

export const listView = z.object({ id: z.uuid(), name: z.string(), people: z.number().int(), isImport: z.boolean(), createdAt: z.date() });
export const createListInput = z.object({ name: z.string().trim().min(1, "Name the list").max(120) });
