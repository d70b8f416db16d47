/** A process that holds a key until it is killed. Arguments: database URL, key. */
import { postgresKeyHolds } from "./postgres-key-holds";

const [databaseUrl = "", key = ""] = process.argv.slice(2);
const letGo = await postgresKeyHolds(databaseUrl).hold(key);
process.on("disconnect", () => process.exit(0));
process.send?.(letGo === null ? "refused" : "held");
