-- The staged rows of an import as typed columns. A function and not a view, because its row estimate (5,000) keeps the planner from
-- pairing every staged row with every person when the tables are new and not analysed yet. Only the importing workspace sees them:
-- staging itself carries no tenant, lead_imports does.
CREATE FUNCTION staged_rows(import uuid, after_row int, up_to int) RETURNS TABLE (
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
    s.cells[1]::uuid,
    s.cells[2],
    s.cells[3],
    s.cells[4],
    s.cells[5],
    s.cells[6],
    s.cells[7],
    s.cells[8],
    s.cells[9],
    s.cells[10],
    s.cells[11],
    s.cells[12],
    s.cells[13],
    s.cells[14],
    s.cells[15],
    s.cells[16],
    s.cells[17]::uuid,
    s.cells[18] IS NOT NULL,
    s.cells[19],
    s.cells[20]::jsonb,
    s.cells[21]::uuid,
    s.cells[22]::jsonb,
    s.cells[23]::int,
    s.cells[24]::uuid,
    s.cells[25]::jsonb,
    s.cells[26]::uuid,
    s.cells[27],
    s.cells[28]::int,
    s.cells[29],
    s.cells[30],
    s.cells[31]
  FROM import_staging s
  WHERE s.import_id = import AND s.row_number > after_row AND (up_to IS NULL OR s.row_number <= up_to);
END $$;
REVOKE ALL ON FUNCTION staged_rows(uuid, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staged_rows(uuid, int, int) TO app_role;
