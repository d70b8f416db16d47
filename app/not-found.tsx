export { NotFoundPage as default } from "@/components/shell/NotFoundPage";
