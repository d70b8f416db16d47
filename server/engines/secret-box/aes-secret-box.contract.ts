import { randomBytes } from "node:crypto";
import { describeSecretBoxContract } from "../../../domain/ports/secret-box.contract";
import { aesSecretBox } from "./aes-secret-box";

describeSecretBoxContract("AES-256-GCM", () => aesSecretBox({ key: randomBytes(32).toString("base64") }));
