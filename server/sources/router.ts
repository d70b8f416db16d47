import { z } from "zod";
import {
  ConnectionSummary,
  ConnectionView,
  SaveConnectionResult,
  ValidateConnectionResult,
} from "../../domain/sources/connection-view";
import { ConnectorOperation, ConnectorView } from "../../domain/sources/connector-view";
import { secretRows } from "../secrets/index";
import { roleProcedure, router } from "../trpc/trpc";
import {
  PausedConnection,
  pauseConnection,
  RemovedConnection,
  removeConnection,
} from "./connections/change-connection";
import { ConnectionInput, getConnection } from "./connections/get-connection";
import { listConnections } from "./connections/list-connections";
import { SaveConnectionInput, saveConnection } from "./connections/save-connection";
import { ValidateConnectionInput, validateConnection } from "./connections/validate-connection";
import { cancelOperation, followOperation, getOperation, OperationInput } from "./operations/get-operation";
import { listConnectors } from "./operations/list-connectors";
import {
  ConnectorInput,
  SpecInput,
  startCheck,
  startDiscovery,
  startSpec,
} from "./operations/start-operation";
import { prismaSourceStore, prismaSyncStore } from "./store";

/** A procedure of this room: `ctx.scope` has its stores. */
export const sourceProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) => {
    const { db } = ctx.scope;
    const sockets = {
      sources: prismaSourceStore(db),
      syncs: prismaSyncStore(db),
      secretNames: async (workspaceId: string) =>
        (await secretRows(db, workspaceId)).map((secret) => secret.name),
    };
    return next({ ctx: { ...ctx, scope: { ...ctx.scope, ...sockets } } });
  });
const view = sourceProcedure("viewer");
const act = sourceProcedure("analyst");
const edit = sourceProcedure("engineer");

const at = (method: "GET" | "POST" | "PUT" | "DELETE", path: `/${string}`, summary: string) => ({
  method,
  path,
  summary,
});

export const sourcesRouter = router({
  list: view
    .meta({ openapi: at("GET", "/connections", "Connections with their next fire time and last sync") })
    .output(z.array(ConnectionSummary))
    .query(({ ctx }) => listConnections(ctx.scope)),
  get: view
    .meta({ openapi: at("GET", "/connections/{name}", "A connection with its document") })
    .input(ConnectionInput)
    .output(ConnectionView)
    .query(({ ctx, input }) => getConnection(ctx.scope, input)),
  save: edit
    .meta({
      openapi: {
        ...at("PUT", "/connections/{name}", "Save a connection as its next version"),
        bodyField: "document",
      },
    })
    .input(SaveConnectionInput)
    .output(SaveConnectionResult)
    .mutation(({ ctx, input }) => saveConnection(ctx.scope, input)),
  validate: view
    .meta({
      openapi: {
        ...at("POST", "/connections/{name}/validate", "Every error of a connection document, with its place"),
        bodyField: "document",
      },
    })
    .input(ValidateConnectionInput)
    .output(ValidateConnectionResult)
    .mutation(({ ctx, input }) => validateConnection(ctx.scope, input)),
  remove: edit
    .meta({ openapi: at("DELETE", "/connections/{name}", "Remove a connection; its tables stay") })
    .input(ConnectionInput)
    .output(RemovedConnection)
    .mutation(({ ctx, input }) => removeConnection(ctx.scope, input)),
  pause: edit
    .meta({ openapi: at("POST", "/connections/{name}/pause", "Stop the schedule") })
    .input(ConnectionInput)
    .output(PausedConnection)
    .mutation(({ ctx, input }) => pauseConnection(ctx.scope, input, true)),
  resume: edit
    .meta({ openapi: at("POST", "/connections/{name}/resume", "Take the schedule up again") })
    .input(ConnectionInput)
    .output(PausedConnection)
    .mutation(({ ctx, input }) => pauseConnection(ctx.scope, input, false)),
  check: act
    .meta({ openapi: { ...at("POST", "/connections/{name}/check", "Try the connection"), status: 202 } })
    .input(ConnectorInput)
    .output(ConnectorOperation)
    .mutation(({ ctx, input }) => startCheck(ctx.scope, input)),
  discover: act
    .meta({
      openapi: { ...at("GET", "/connections/{name}/streams", "Discover the source's streams"), status: 202 },
    })
    .input(ConnectorInput)
    .output(ConnectorOperation)
    .mutation(({ ctx, input }) => startDiscovery(ctx.scope, input)),
});

export const connectorsRouter = router({
  list: view
    .meta({ openapi: at("GET", "/connectors", "Connectors that Benchwright was tested with") })
    .output(z.array(ConnectorView))
    .query(({ ctx }) => listConnectors(ctx.scope)),
  spec: view
    .meta({
      openapi: {
        ...at("GET", "/connectors/{connector}/spec", "What a connector's config asks for"),
        status: 202,
      },
    })
    .input(SpecInput)
    .output(ConnectorOperation)
    .mutation(({ ctx, input }) => startSpec(ctx.scope, input)),
});

export const operationsRouter = router({
  get: view
    .meta({ openapi: at("GET", "/operations/{operationId}", "A spec, check or discovery") })
    .input(OperationInput)
    .output(ConnectorOperation)
    .query(({ ctx, input }) => getOperation(ctx.scope, input)),
  changes: view
    .meta({
      openapi: at(
        "GET",
        "/operations/{operationId}/events",
        "The operation whenever it changes, until it has ended",
      ),
    })
    .input(OperationInput.extend({ lastEventId: z.string().nullish() }))
    .subscription(({ ctx, input, signal }) =>
      followOperation(ctx.scope, input, signal ?? new AbortController().signal),
    ),
  cancel: act
    .meta({ openapi: at("DELETE", "/operations/{operationId}", "Cancel a spec, check or discovery") })
    .input(OperationInput)
    .output(ConnectorOperation)
    .mutation(({ ctx, input }) => cancelOperation(ctx.scope, input)),
});
