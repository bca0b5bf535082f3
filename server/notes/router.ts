import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { addNote, removeNote } from "./commands.ts";
import { listNotes } from "./queries.ts";
import { addNoteInput, listNotesInput, noteList, removeNoteInput } from "./schema.ts";

export const notesRouter = createRouter({
  list: workspaceQuery("leads:read")
    .input(listNotesInput)
    .output(noteList)
    .query(({ ctx, input }) => listNotes(ctx.tx, input.leadId, ctx)),

  add: workspaceMutation("leads:write")
    .input(addNoteInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => addNote(ctx.tx, input, ctx)),

  remove: workspaceMutation("leads:write")
    .input(removeNoteInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeNote(ctx.tx, input.noteId, ctx)),
});
