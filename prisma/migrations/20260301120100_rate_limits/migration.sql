-- Limits count here, so that a restart forgives nothing and all processes count together. Keys are keyed hashes: no address is kept.
-- The three columns are what rate-limiter-flexible reads and writes; expire is in real milliseconds.
CREATE TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX rate_limits_expire ON rate_limits (expire);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO identity_role;
