export { SettingsPage as default } from "@/components/settings/SettingsPage";
