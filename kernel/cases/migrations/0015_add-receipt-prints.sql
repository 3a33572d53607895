-- Receipts that an office printed for somebody: the first is the receipt, every later one says that it is a copy (副本) and which.
CREATE TABLE cases.receipt_print (
  print_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases.case_file,
  copy integer NOT NULL CHECK (copy >= 0),
  account_id uuid NOT NULL,
  org_id uuid,
  reason text,
  printed_at timestamptz NOT NULL,
  CONSTRAINT receipt_print_copy_once UNIQUE (case_id, copy)
);
COMMENT ON TABLE cases.receipt_print IS 'Who printed the receipt of a case and when, append-only. It carries the code, so a second paper of the same number must say that it is one.';
COMMENT ON COLUMN cases.receipt_print.copy IS '0 is the receipt, n its n-th copy; two printed at once get two numbers.';
GRANT SELECT, INSERT ON cases.receipt_print TO linli_app;
GRANT SELECT ON cases.receipt_print TO linli_system;
ALTER TABLE cases.receipt_print ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.receipt_print FORCE ROW LEVEL SECURITY;
CREATE POLICY system_reads ON cases.receipt_print FOR SELECT TO linli_system USING (true);
CREATE POLICY through_file ON cases.receipt_print FOR SELECT TO linli_app USING (EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = receipt_print.case_id));
CREATE POLICY own_print ON cases.receipt_print FOR INSERT TO linli_app WITH CHECK (
  account_id = (SELECT base.setting_id('account_id')) AND org_id IS NOT DISTINCT FROM (SELECT base.setting_id('org_id'))
  AND EXISTS (SELECT 1 FROM cases.case_file f WHERE f.case_id = receipt_print.case_id));
