export { SourcesRoom as default } from "@/components/sources/SourcesRoom";
