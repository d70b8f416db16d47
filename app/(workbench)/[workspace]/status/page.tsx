export { StatusPage as default } from "@/components/status/StatusPage";
