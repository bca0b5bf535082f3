// Isomorphic: a named address of a list.
import * as z from "zod";

export const viewPages = ["leads", "campaigns", "deals"] as const;
export const viewPage = z.enum(viewPages);
export type ViewPage = z.output<typeof viewPage>;

export const listViewsInput = z.object({ page: viewPage });
export const saveViewInput = z.object({
  page: viewPage,
  name: z.string().trim().min(1, "Give the view a name").max(60, "At most 60 characters"),
  /** What stands behind the question mark of the address. */
  query: z.string().max(2_000, "This view has too many filters to be saved."),
  isShared: z.boolean().default(false),
});
export const viewId = z.object({ viewId: z.uuid() });

const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  query: z.string(),
  isShared: z.boolean(),
  isMine: z.boolean(),
  ownerName: z.string().nullable(),
});
export type SavedView = z.output<typeof savedView>;
export const viewList = z.object({ items: z.array(savedView) });
