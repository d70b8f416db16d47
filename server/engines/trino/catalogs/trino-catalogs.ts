import { createHash } from "node:crypto";
import type { AttachedDatabase, ForeignCatalog } from "../../../../domain/ports/statement-engine";
import { physicalCatalog } from "../../../../domain/query/physical-catalog";
import { Failure } from "../../../../domain/shared/failure";
import { maskSecrets, secretTexts } from "../../../../domain/sources/mask-secrets";
import type { TrinoHttp } from "../trino-http";
import { trinoRows } from "../trino-rows";
import {
  type CatalogDefinition,
  createCatalog,
  dropCatalog,
  icebergDefinition,
  type LakePlace,
  postgresDefinition,
} from "./catalog-properties";

/** Catalogs that a statement may read, by their physical names. */
export type WantedCatalogs = {
  /** The names that people write, by the physical ones. */
  logical: Map<string, string>;
  definitions: Map<string, CatalogDefinition>;
  /** Everything in them that must not be shown. */
  hidden: string[];
};

const LISTED_MS = 5_000;

/** What a workspace's statement may read: its lake, these databases and these catalogs. */
export function wantedCatalogs(
  lake: LakePlace | null,
  {
    workspaceId,
    databases,
    foreignCatalogs = [],
  }: { workspaceId: string; databases: AttachedDatabase[]; foreignCatalogs?: ForeignCatalog[] },
): WantedCatalogs {
  const logical = new Map<string, string>();
  const definitions = new Map<string, CatalogDefinition>();
  const secrets: string[] = [];
  const add = (catalog: string, define: (physical: string) => CatalogDefinition) => {
    const physical = physicalCatalog(catalog, workspaceId);
    const definition = define(physical);
    logical.set(physical, catalog);
    definitions.set(physical, definition);
    for (const name of definition.secrets) secrets.push(definition.properties[name] ?? "");
    const { [`${physical}.password`]: password = "" } = definition.credentials;
    secrets.push(password);
  };
  if (lake !== null)
    for (const name of ["lake", "analytics"]) add(name, (its) => icebergDefinition(its, lake));
  for (const database of databases) add(database.catalog, (its) => postgresDefinition(its, database));
  for (const { catalog, connector, properties } of foreignCatalogs) {
    add(catalog, () => ({ connector, properties, secrets: Object.keys(properties), credentials: {} }));
  }
  return { logical, definitions, hidden: secretTexts(secrets) };
}

/** Makes catalogs at run time (`catalog.management=dynamic`), and makes them anew where their settings changed. */
export class TrinoCatalogs {
  /** Fingerprints of what this process made, by physical name. */
  private readonly made = new Map<string, string>();
  private readonly inTurn = new Map<string, Promise<void>>();
  private listed: { at: number; names: Promise<Set<string>> } | null = null;

  constructor(private readonly http: TrinoHttp) {}

  /** The catalogs that Trino has, known for some seconds. */
  async known(): Promise<Set<string>> {
    const { listed } = this;
    if (listed !== null && performance.now() - listed.at < LISTED_MS) return listed.names;
    const names = trinoRows(this.http, "SHOW CATALOGS").then(
      (rows) => new Set(rows.map(([name]) => String(name))),
    );
    this.listed = { at: performance.now(), names };
    names.catch(() => {
      this.listed = null;
    });
    return names;
  }

  /** Sees to it that these catalogs are there as they are wanted. Failures: `engine_failed`, `engine_unavailable`. */
  async ensure(wanted: WantedCatalogs, names: Iterable<string>): Promise<void> {
    await Promise.all([...names].map((name) => this.ensureOne(wanted, name)));
  }

  /** Forgets what was made: Trino may have started anew. */
  forget(names: Iterable<string>): void {
    this.listed = null;
    for (const name of names) this.made.delete(name);
  }

  /** Drops the workspace's catalogs but those to keep. */
  async prune(workspaceId: string, keep: readonly string[]): Promise<string[]> {
    this.listed = null;
    const suffix = physicalCatalog("", workspaceId);
    const kept = new Set(keep.map((name) => physicalCatalog(name, workspaceId)));
    const gone = [...(await this.known())].filter((name) => name.endsWith(suffix) && !kept.has(name));
    for (const name of gone) await this.one(name, () => this.drop(name));
    this.forget(gone);
    return gone;
  }

  private ensureOne(wanted: WantedCatalogs, name: string): Promise<void> {
    const definition = wanted.definitions.get(name);
    if (definition === undefined) return Promise.resolve();
    const print = fingerprint(definition);
    if (this.made.get(name) === print) return Promise.resolve();
    return this.one(name, async () => {
      if (this.made.get(name) === print) return;
      await this.make(name, definition, wanted);
      this.made.set(name, print);
    });
  }

  /** One act at a time for each name. */
  private one(name: string, act: () => Promise<void>): Promise<void> {
    const before = this.inTurn.get(name) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(act);
    this.inTurn.set(name, turn);
    const done = () => {
      if (this.inTurn.get(name) === turn) this.inTurn.delete(name);
    };
    turn.then(done, done);
    return turn;
  }

  private async make(name: string, definition: CatalogDefinition, wanted: WantedCatalogs): Promise<void> {
    const isThere = (await this.known()).has(name);
    try {
      // Somebody else may have made it with other settings, which Trino does not tell.
      if (isThere) await this.drop(name);
      await this.create(name, definition);
    } catch (error) {
      if (isStatic(error)) {
        if (isThere) return;
        throw mustBeConfigured(name, definition);
      }
      if (isTaken(error)) return this.takeOver(name, definition, wanted);
      throw unusable(wanted.logical.get(name) ?? name, error, wanted.hidden);
    } finally {
      this.listed = null;
    }
  }

  /** Another process made it in between. */
  private async takeOver(name: string, definition: CatalogDefinition, wanted: WantedCatalogs): Promise<void> {
    try {
      await this.drop(name);
      await this.create(name, definition);
    } catch (error) {
      if (!isTaken(error)) throw unusable(wanted.logical.get(name) ?? name, error, wanted.hidden);
    }
  }

  /** Prepared under a header, so that `system.runtime.queries` and the list of queries show no secret. */
  private async create(name: string, definition: CatalogDefinition): Promise<void> {
    const headers = {
      "x-trino-prepared-statement": `make_catalog=${encodeURIComponent(createCatalog(name, definition))}`,
    };
    await trinoRows(this.http, "EXECUTE make_catalog", { headers });
  }

  private async drop(name: string): Promise<void> {
    try {
      await trinoRows(this.http, dropCatalog(name));
    } catch (error) {
      if (!(error instanceof Failure && causeOf(error).startsWith("CATALOG_NOT_FOUND"))) throw error;
    }
  }
}

const fingerprint = ({ connector, properties }: CatalogDefinition): string =>
  createHash("sha256")
    .update(JSON.stringify([connector, properties]))
    .digest("hex");

const causeOf = (failure: Failure): string => String(failure.cause);
const isTaken = (error: unknown): boolean =>
  error instanceof Failure && causeOf(error).startsWith("ALREADY_EXISTS");
/** Trino's own words where `catalog.management` is `static`, and where its access control forbids it. */
const isStatic = (error: unknown): boolean =>
  error instanceof Failure &&
  (causeOf(error).startsWith("PERMISSION_DENIED") ||
    /not supported by the static catalog/i.test(error.message));

function mustBeConfigured(name: string, { connector, properties }: CatalogDefinition): Failure {
  return new Failure("engine_failed", `Trino has no catalog ${name}, and does not let one be made.`, {
    hint: `Set catalog.management=dynamic, or give it a catalog ${name} with connector.name=${connector} and ${Object.keys(properties).join(", ")}.`,
  });
}

function unusable(catalog: string, error: unknown, hidden: string[]): unknown {
  if (!(error instanceof Failure) || error.code === "engine_unavailable") return error;
  const message = maskSecrets(error.message, hidden).replaceAll(/\s+/g, " ");
  return new Failure("engine_failed", `Trino could not make the catalog ${catalog}: ${message}`, {
    cause: error.cause,
  });
}
