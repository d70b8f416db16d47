export { saveCodePackage } from "./save-code-package";
