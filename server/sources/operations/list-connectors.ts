import { TESTED_CONNECTORS } from "../../../domain/sources/connector-catalog";
import type { ConnectorView } from "../../../domain/sources/connector-view";
import { requireRole } from "../../workspaces/index";

/** Connectors that Benchwright was tested with. Any other Python `source-*` of PyPI may be named, too. */
export async function listConnectors(scope: {
  role: Parameters<typeof requireRole>[0]["role"];
}): Promise<ConnectorView[]> {
  requireRole(scope, "viewer");
  return TESTED_CONNECTORS.map((each) => ({ ...each }));
}
