export { DataSetsPage as default } from "@/components/datasets/DataSetsPage";
