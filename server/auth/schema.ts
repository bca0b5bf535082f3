import * as z from "zod";

export const emailInput = z.string().trim().toLowerCase().max(254).pipe(z.email("Enter an e-mail address"));
export const passwordInput = z.string().min(10, "Use at least 10 characters").max(200);
export const nameInput = z.string().trim().min(1, "Enter your name").max(120);

export const signInInput = z.object({ email: emailInput, password: z.string().min(1, "Enter your password").max(200) });
export const claimInput = z.object({ token: z.string().min(1).max(200), fullName: nameInput, email: emailInput, password: passwordInput });
