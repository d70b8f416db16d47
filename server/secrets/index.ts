export { openSecrets } from "./open-secrets";
export { secretsToHide } from "./secrets-to-hide";
export { secretRows } from "./store";
