export { InvitationPage as default } from "@/components/auth/InvitationPage";
