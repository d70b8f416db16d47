export { LakehousePage as default } from "@/components/lakehouse/LakehousePage";
