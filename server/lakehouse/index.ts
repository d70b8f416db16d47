export { listTables } from "./list-tables";
