-- Staged rows arrive typed: an array of 31 quoted cells was escaped twice, parsed as an array and cast cell by cell, which cost the reader of
-- a file more than reading it. `cells` stays for rows that the release before this one stages while both run.
ALTER TABLE import_staging
  ALTER COLUMN cells DROP NOT NULL,
  ADD COLUMN lead_id uuid,
  ADD COLUMN email text,
  ADD COLUMN full_name text,
  ADD COLUMN first_name text,
  ADD COLUMN last_name text,
  ADD COLUMN title text,
  ADD COLUMN seniority text,
  ADD COLUMN job_function text,
  ADD COLUMN phone text,
  ADD COLUMN country text,
  ADD COLUMN city text,
  ADD COLUMN time_zone text,
  ADD COLUMN time_zone_source text,
  ADD COLUMN language text,
  ADD COLUMN company_domain text,
  ADD COLUMN company_name text,
  ADD COLUMN owner_id uuid,
  ADD COLUMN opted_out boolean,
  ADD COLUMN search_text text,
  ADD COLUMN lead_said jsonb,
  ADD COLUMN lead_observation_id uuid,
  ADD COLUMN custom jsonb,
  ADD COLUMN duplicate_of int,
  ADD COLUMN account_id uuid,
  ADD COLUMN account_said jsonb,
  ADD COLUMN account_observation_id uuid,
  ADD COLUMN name_for_mail text,
  ADD COLUMN employees int,
  ADD COLUMN industry text,
  ADD COLUMN company_country text,
  ADD COLUMN company_city text;

-- As before: a function and not a view, because its row estimate keeps the planner from pairing every staged row with every person, and
-- only the importing workspace sees them.
CREATE OR REPLACE FUNCTION staged_rows(import uuid, after_row int, up_to int) RETURNS TABLE (
  row_number int,
  lead_id uuid,
  email text,
  full_name text,
  first_name text,
  last_name text,
  title text,
  seniority text,
  job_function text,
  phone text,
  country text,
  city text,
  time_zone text,
  time_zone_source text,
  language text,
  company_domain text,
  company_name text,
  owner_id uuid,
  opted_out boolean,
  search_text text,
  lead_said jsonb,
  lead_observation_id uuid,
  custom jsonb,
  duplicate_of int,
  account_id uuid,
  account_said jsonb,
  account_observation_id uuid,
  name_for_mail text,
  employees int,
  industry text,
  company_country text,
  company_city text
) LANGUAGE plpgsql STABLE ROWS 5000 AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lead_imports i WHERE i.id = import) THEN RETURN; END IF;
  RETURN QUERY SELECT s.row_number,
    s.lead_id, s.email, s.full_name, s.first_name, s.last_name, s.title, s.seniority, s.job_function, s.phone, s.country, s.city,
    s.time_zone, s.time_zone_source, s.language, s.company_domain, s.company_name, s.owner_id, s.opted_out, s.search_text, s.lead_said,
    s.lead_observation_id, s.custom, s.duplicate_of, s.account_id, s.account_said, s.account_observation_id, s.name_for_mail, s.employees,
    s.industry, s.company_country, s.company_city
  FROM import_staging s
  WHERE s.import_id = import AND s.row_number > after_row AND (up_to IS NULL OR s.row_number <= up_to) AND s.cells IS NULL;
  RETURN QUERY SELECT s.row_number,
    s.cells[1]::uuid, s.cells[2], s.cells[3], s.cells[4], s.cells[5], s.cells[6], s.cells[7], s.cells[8], s.cells[9], s.cells[10],
    s.cells[11], s.cells[12], s.cells[13], s.cells[14], s.cells[15], s.cells[16], s.cells[17]::uuid, s.cells[18] IS NOT NULL, s.cells[19],
    s.cells[20]::jsonb, s.cells[21]::uuid, s.cells[22]::jsonb, s.cells[23]::int, s.cells[24]::uuid, s.cells[25]::jsonb, s.cells[26]::uuid,
    s.cells[27], s.cells[28]::int, s.cells[29], s.cells[30], s.cells[31]
  FROM import_staging s
  WHERE s.import_id = import AND s.row_number > after_row AND (up_to IS NULL OR s.row_number <= up_to) AND s.cells IS NOT NULL;
END $$;
