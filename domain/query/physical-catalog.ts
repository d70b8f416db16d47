/** The name of a workspace's catalog on engines that all workspaces share: `lake_<workspace>`, `shop_<workspace>`. */
export const physicalCatalog = (catalog: string, workspaceId: string): string =>
  `${catalog}_${workspaceId}`.replaceAll("-", "_");
