import { Problem } from "./problem.mjs";

const EXAMPLES = {
  RAY_ADDRESS: "the address of the cluster's dashboard, such as http://127.0.0.1:8265",
  MLFLOW_TRACKING_URI: "the address of the server, such as http://127.0.0.1:5000",
  TRINO_URL: "the address of the coordinator, such as http://127.0.0.1:8080",
};

/** Addresses of engines that somebody else runs, where the environment names them: `{ ray?, mlflow?, trino? }`. */
export function externalEngines(variables = process.env) {
  const named = { ray: variables.RAY_ADDRESS, mlflow: variables.MLFLOW_TRACKING_URI, trino: variables.TRINO_URL };
  if (named.ray) check("RAY_ADDRESS", named.ray);
  if (named.mlflow) check("MLFLOW_TRACKING_URI", named.mlflow);
  if (named.trino) check("TRINO_URL", named.trino);
  return named;
}

function check(variable, address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Problem(`${variable} is "${address}", which is no web address; it should be ${EXAMPLES[variable]}.`);
  }
}
