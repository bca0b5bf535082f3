import * as z from "zod";

export const listNotesInput = z.object({ leadId: z.uuid() });
export const addNoteInput = z.object({ leadId: z.uuid(), text: z.string().trim().min(1, "Write the note first").max(5_000) });
export const removeNoteInput = z.object({ noteId: z.uuid() });

const noteRow = z.object({
  id: z.uuid(),
  text: z.string(),
  authorId: z.uuid(),
  authorName: z.string(),
  createdAt: z.date(),
  /** by this reader: their own, or anybody's for an admin */
  isRemovable: z.boolean(),
});
export const noteList = z.object({ items: z.array(noteRow) });
export type NoteList = z.output<typeof noteList>;
