export { getEvaluation } from "./get-evaluation";
