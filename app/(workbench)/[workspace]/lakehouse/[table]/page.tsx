export { TablePage as default } from "@/components/lakehouse/TablePage";
