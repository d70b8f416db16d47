export { SourcesPage as default } from "@/components/sources/SourcesPage";
