-- Everything about proving who somebody is. None of it belongs to a workspace; identity_role alone reads it.
ALTER TABLE users ADD COLUMN totp_secret bytea, ADD COLUMN totp_enabled_at timestamptz(3), ADD COLUMN totp_last_step bigint;
ALTER TABLE workspaces ADD COLUMN requires_second_step boolean NOT NULL DEFAULT false;

CREATE TABLE recovery_codes (
  id uuid NOT NULL PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash text NOT NULL UNIQUE,
  used_at timestamptz(3)
);
CREATE INDEX recovery_codes_user_id_idx ON recovery_codes (user_id);

-- A session of somebody with a second step counts only when it stands here.
CREATE TABLE second_steps (
  session_id uuid NOT NULL PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  passed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX second_steps_user_id_idx ON second_steps (user_id);

-- Google and Microsoft accounts, by issuer and subject. The address is what a person recognises it by and is never matched.
CREATE TABLE outside_accounts (
  id uuid NOT NULL PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  provider text NOT NULL CHECK (provider IN ('google', 'microsoft')),
  issuer text NOT NULL,
  subject text NOT NULL,
  label text,
  linked_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_used_at timestamptz(3),
  UNIQUE (issuer, subject)
);
CREATE INDEX outside_accounts_user_id_idx ON outside_accounts (user_id);

-- One-time links. user_id is null for a request about an address that nobody has: the same work is done for it.
CREATE TABLE password_resets (
  id uuid NOT NULL PRIMARY KEY,
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  made_by_id uuid,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX password_resets_user_id_idx ON password_resets (user_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes, second_steps, outside_accounts, password_resets TO identity_role;
