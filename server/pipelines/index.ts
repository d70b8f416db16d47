export { readPythonFiles, unzipFiles, zipFiles } from "./job-package";
export { patient } from "./patient";
export { RUN_PIPELINE, runPipelineBody } from "./run-pipeline";
export { RUN_TASK, runTaskBody } from "./run-task";
export { savePipeline } from "./save-pipeline";
export { prismaPipelineStore, prismaTaskSources } from "./store";
export { sweepRuns } from "./sweep-runs";
