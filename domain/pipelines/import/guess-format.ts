export const IMPORT_FORMATS = ["airflow", "argo", "kubeflow"] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What a text is written for; null where nothing tells. */
export function guessFormat(text: string): ImportFormat | null {
  if (/^\s*["']?(pipelineInfo|pipelineSpec|deploymentSpec)["']?\s*:/m.test(text)) return "kubeflow";
  if (/pipelines\.kubeflow\.org\//.test(text)) return "kubeflow";
  if (/^\s*["']?apiVersion["']?\s*:\s*["']?argoproj\.io\//m.test(text)) return "argo";
  if (/^\s*[{/]/.test(text)) return null;
  return /^\s*(from|import)\s+airflow\b/m.test(text) || /\bDAG\s*\(/.test(text) ? "airflow" : null;
}
