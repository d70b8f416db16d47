import { router, signedInProcedure } from "../trpc/trpc";
import { showEngines } from "./show-engines";

export const statusRouter = router({
  engines: signedInProcedure.query(({ ctx }) => showEngines(ctx.composition)),
});
