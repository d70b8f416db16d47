export { DataSetPage as default } from "@/components/datasets/DataSetPage";
