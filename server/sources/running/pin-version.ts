import type { ConnectorRunner } from "../../../domain/ports/connector-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import { testedVersion } from "../../../domain/sources/connector-catalog";
import type { SourceStore } from "../source-store";

export type PinnedVersions = {
  /**
   * The version of the connection's connector. A document that names none is pinned to the newest one now, by a version
   * of its own. Failures: those of `ConnectorRunner.spec`.
   */
  ofConnection(workspaceId: string, name: string, document: ConnectionDocument): Promise<string>;
};

export const pinnedVersions = ({
  sources,
  connectors,
  clock,
}: {
  sources: SourceStore;
  connectors: ConnectorRunner | null;
  clock: Clock;
}): PinnedVersions => ({
  async ofConnection(workspaceId, name, document) {
    const { connector } = document;
    const known = document.version ?? testedVersion(connector);
    if (known !== null) return known;
    if (connectors === null) return "";
    const spec = await connectors.spec({
      connector,
      version: null,
      secrets: [],
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    await sources.putSpec(spec);
    const { current } = (await sources.connection(workspaceId, name)) ?? { current: null };
    if (
      current !== null &&
      current.document.version === undefined &&
      current.document.connector === connector
    ) {
      const pinned = { ...current.document, version: spec.version };
      const { version: baseVersion } = current;
      await sources
        .save({
          workspaceId,
          name,
          draft: false,
          document: pinned,
          baseVersion,
          createdBy: "Benchwright",
          at: clock.now(),
        })
        .catch((error: unknown) => {
          // Somebody saved meanwhile; their version is pinned by the next sync.
          if (!(error instanceof Failure) || error.code !== "conflict") throw error;
        });
    }
    return spec.version;
  },
});
