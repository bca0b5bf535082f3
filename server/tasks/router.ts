import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { acceptProposal } from "./commands/accept-proposal.ts";
import { addTask, finishTask, undoTask } from "./commands/change-task.ts";
import { getTask, listTasks } from "./queries.ts";
import { acceptedProposal, acceptProposalInput, addTaskInput, listTasksInput, listTasksOutput, taskIdInput, taskRow } from "./schema.ts";

const tags = ["work"];

export const tasksRouter = createRouter({
  list: workspaceQuery("tasks:read")
    .meta({ openapi: { method: "GET", path: "/tasks", tags, summary: "Tasks" } })
    .input(listTasksInput)
    .output(listTasksOutput)
    .query(({ ctx, input }) => listTasks(ctx.tx, ctx, input)),

  get: workspaceQuery("tasks:read")
    .meta({ openapi: { method: "GET", path: "/tasks/{id}", tags, summary: "One task" } })
    .input(z.object({ id: z.uuid() }))
    .output(taskRow)
    .query(({ ctx, input }) => getTask(ctx.tx, ctx, input.id)),

  add: workspaceMutation("tasks:write")
    .meta({ openapi: { method: "POST", path: "/tasks", tags, summary: "Add a task for yourself" } })
    .input(addTaskInput)
    .output(taskRow)
    .mutation(({ ctx, input }) => addTask(ctx.tx, ctx, input)),

  done: workspaceMutation("tasks:write")
    .meta({ openapi: { method: "POST", path: "/tasks/{id}/done", tags, summary: "Mark a task as done" } })
    .input(taskIdInput)
    .output(taskRow)
    .mutation(({ ctx, input }) => finishTask(ctx.tx, ctx, input.id)),

  undo: workspaceMutation("tasks:write")
    .input(taskIdInput)
    .output(taskRow)
    .mutation(({ ctx, input }) => undoTask(ctx.tx, ctx, input.id)),

  accept: workspaceMutation("tasks:write")
    .input(acceptProposalInput)
    .output(acceptedProposal)
    .mutation(({ ctx, input }) => acceptProposal(ctx.tx, ctx, input)),
});
