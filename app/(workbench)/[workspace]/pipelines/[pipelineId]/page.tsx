export { PipelinePage as default } from "@/components/pipelines/PipelinePage";
