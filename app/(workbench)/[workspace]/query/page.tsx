export { QueryPage as default } from "@/components/query/QueryPage";
