import { roleProcedure, router } from "../trpc/trpc";
import { ListTablesResult, listTables } from "./list-tables";

export const tablesRouter = router({
  list: roleProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/lakehouse/tables", summary: "Tables of the lake" } })
    .output(ListTablesResult)
    .query(({ ctx }) => listTables(ctx.scope)),
});
