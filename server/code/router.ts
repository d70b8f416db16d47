import { roleProcedure, router } from "../trpc/trpc";
import { ListCodePackagesResult, listCodePackages } from "./list-code-packages";
import { SaveCodePackageInput, SaveCodePackageResult, saveCodePackage } from "./save-code-package";

export const codeRouter = router({
  list: roleProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/code", summary: "Code packages, newest versions" } })
    .output(ListCodePackagesResult)
    .query(({ ctx }) => listCodePackages(ctx.scope)),
  save: roleProcedure("engineer")
    .meta({
      openapi: {
        method: "PUT",
        path: "/code/{name}",
        summary: "Upload a zip of job code",
        bodyField: "zip",
        bodyType: "application/zip",
      },
    })
    .input(SaveCodePackageInput)
    .output(SaveCodePackageResult)
    .mutation(({ ctx, input }) => saveCodePackage(ctx.scope, input)),
});
