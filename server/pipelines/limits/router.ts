import { z } from "zod";
import { roleProcedure, router } from "../../trpc/trpc";
import { LimitView, listLimits, SetLimitInput, setLimit } from "./limits";

export const limitsRouter = router({
  list: roleProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/limits",
        summary: "How many attempts may be under way at the same time",
      },
    })
    .output(z.array(LimitView))
    .query(({ ctx }) => listLimits(ctx.scope)),
  set: roleProcedure("admin")
    .meta({ openapi: { method: "PUT", path: "/limits", summary: "Set a limit, or take it away" } })
    .input(SetLimitInput)
    .output(z.array(LimitView))
    .mutation(({ ctx, input }) => setLimit(ctx.scope, input)),
});
