export * from "./document/parse-pipeline";
