export { SourcePage as default } from "@/components/sources/SourcePage";
