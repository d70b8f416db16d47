import { z } from "zod";
import { SecretView } from "../../domain/sources/secret-view";
import { prismaSourceStore } from "../sources/index";
import { roleProcedure, router } from "../trpc/trpc";
import { listSecrets } from "./list-secrets";
import { RemoveSecretInput, removeSecret } from "./remove-secret";
import { SetSecretInput, SetSecretResult, setSecret } from "./set-secret";

const edit = roleProcedure("engineer").use(({ ctx, next }) =>
  next({ ctx: { ...ctx, scope: { ...ctx.scope, sources: prismaSourceStore(ctx.scope.db) } } }),
);

export const secretsRouter = router({
  list: edit
    .meta({ openapi: { method: "GET", path: "/secrets", summary: "Names of the workspace's secrets" } })
    .output(z.array(SecretView))
    .query(({ ctx }) => listSecrets(ctx.scope)),
  set: edit
    .meta({ openapi: { method: "PUT", path: "/secrets/{name}", summary: "Set or replace a secret" } })
    .input(SetSecretInput)
    .output(SetSecretResult)
    .mutation(({ ctx, input }) => setSecret(ctx.scope, input)),
  remove: edit
    .meta({ openapi: { method: "DELETE", path: "/secrets/{name}", summary: "Remove a secret" } })
    .input(RemoveSecretInput)
    .output(SetSecretResult)
    .mutation(({ ctx, input }) => removeSecret(ctx.scope, input)),
});
