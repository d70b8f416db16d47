export { MissingRoomPage as default } from "@/components/shell/MissingRoomPage";
