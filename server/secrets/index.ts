export { openSecrets } from "./open-secrets";
export { secretRows } from "./store";
