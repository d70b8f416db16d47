export { PipelinesPage as default } from "@/components/pipelines/PipelinesPage";
