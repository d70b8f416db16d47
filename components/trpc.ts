import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter as ServerRouter } from "@/server/trpc/root";

/** The type of every procedure. Nothing else of the server reaches the browser. */
export type AppRouter = ServerRouter;

/** The browser's one view of the server: everything else of it is types. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
