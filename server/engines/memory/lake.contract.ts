import { describeLakeAdminContract } from "../../../domain/ports/lake-admin.contract";
import { describeTableCatalogContract } from "../../../domain/ports/table-catalog.contract";
import { memoryLake } from "./lake";

const subject = async () => {
  const lake = memoryLake({ checksFiles: true });
  const workspaces: [string, string] = ["ws-1", "ws-2"];
  return {
    catalog: lake,
    admin: lake,
    write: async (path: string, rows: number) => lake.write(path, rows),
    workspaces,
  };
};

describeTableCatalogContract("memory", subject);
describeLakeAdminContract("memory", subject);
