export { WelcomePage as default } from "@/components/auth/WelcomePage";
