import { describeTableCatalogContract } from "../../../domain/ports/table-catalog.contract";
import { memoryTableCatalog } from "./table-catalog";

describeTableCatalogContract("memory", async () => {
  const catalog = memoryTableCatalog({ checksFiles: true });
  return { catalog, write: async (path) => catalog.write(path) };
});
