export { RunPage as default } from "@/components/pipelines/RunPage";
