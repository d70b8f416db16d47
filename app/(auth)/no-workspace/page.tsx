export { NoWorkspacePage as default } from "@/components/auth/NoWorkspacePage";
