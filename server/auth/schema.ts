import * as z from "zod";

export const emailInput = z.string().trim().toLowerCase().max(254).pipe(z.email("Enter an e-mail address"));
export const passwordInput = z.string().min(10, "Use at least 10 characters").max(200);
export const nameInput = z.string().trim().min(1, "Enter your name").max(120);

export const signInInput = z.object({ email: emailInput, password: z.string().min(1, "Enter your password").max(200) });
export const claimInput = z.object({ token: z.string().min(1).max(200), fullName: nameInput, email: emailInput, password: passwordInput });

export const changePasswordInput = z.object({ current: z.string().min(1, "Enter your current password").max(200), next: passwordInput });
export const resetPasswordInput = z.object({ token: z.string().min(1).max(200), password: passwordInput });
/** Six digits of the app, or a recovery code. */
export const codeInput = z.object({ code: z.string().trim().min(6, "Enter the six digits").max(40) });
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export const signingInView = z.object({
  email: z.string(),
  hasPassword: z.boolean(),
  secondStepSince: z.date().nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The workspace that asks for the second step, when one does. */
  askedBy: z.string().nullable(),
  outside: z.array(z.object({ id: z.uuid(), provider: z.string(), label: z.string().nullable(), lastUsedAt: z.date().nullable() })),
  offered: z.array(z.object({ name: z.enum(["google", "microsoft"]), label: z.string() })),
});
