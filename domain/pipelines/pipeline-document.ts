export * from "./document/pipeline-document";
