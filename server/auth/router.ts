import { publicProcedure, router, signedInProcedure } from "../trpc/trpc";
import { AcceptInvitationInput, acceptInvitation } from "./accept-invitation";
import { ChangePasswordInput, changePassword } from "./change-password";
import { SetUpInput, setUp } from "./set-up";
import { ShowInvitationInput, showInvitation } from "./show-invitation";
import { showMe } from "./show-me";
import { processSignInLimit } from "./sign-in-limit";
import { signInState } from "./sign-in-state";

export const authRouter = router({
  state: publicProcedure.query(({ ctx }) => signInState(ctx.composition)),
  setup: publicProcedure.input(SetUpInput).mutation(({ ctx, input }) => setUp(ctx.composition, input)),
  invitation: publicProcedure
    .input(ShowInvitationInput)
    .query(({ ctx, input }) => showInvitation(ctx.composition, input)),
  acceptInvitation: publicProcedure
    .input(AcceptInvitationInput)
    .mutation(({ ctx: { composition, clientAddress }, input }) =>
      acceptInvitation({ ...composition, clientAddress, signInLimit: processSignInLimit() }, input),
    ),
  me: signedInProcedure.query(({ ctx }) => showMe({ db: ctx.composition.db, person: ctx.person })),
  changePassword: signedInProcedure
    .input(ChangePasswordInput)
    .mutation(({ ctx: { composition, person, clientAddress }, input }) =>
      changePassword({ db: composition.db, person, clientAddress, signInLimit: processSignInLimit() }, input),
    ),
});
