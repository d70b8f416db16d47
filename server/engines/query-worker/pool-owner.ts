/** A process for a test that kills it: it starts a pool with a statement that does not end, and says which processes it has. */
import { workerPool } from "./worker-pool";

const [python = "", packageDir = "", folder = "", settings = "{}"] = process.argv.slice(2);
const pool = workerPool({ python, packageDir, role: "run", processes: 2, requestsPerProcess: 1 });
const sql = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1";
await pool.request("health", {});
void pool.request("run", { sql, tables: [], databases: [], folder, settings: JSON.parse(settings) });
const second = pool.request("health", {});
await second;
process.stdout.write(`${JSON.stringify(pool.pids())}\n`);
