import { createCallerFactory, createRouter } from "./init.ts";

// One line per room.
export const appRouter = createRouter({});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
