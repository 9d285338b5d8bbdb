-- The database of 'parplan rollup --sqlite'.  docs/sql.md says what each column means.
--
-- Tables have a ROWID, which DuckDB counts rows by.  A key names the column that it refers to, which
-- pgloader asks for.

CREATE TABLE about (
    format INTEGER NOT NULL,
    as_of TEXT NOT NULL
);

CREATE TABLE office (
    office INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    year INTEGER NOT NULL,
    effective_from TEXT,
    last_record TEXT,
    problem TEXT NOT NULL,
    stamp TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    holds_before TEXT NOT NULL,
    UNIQUE (place, year)
);

CREATE TABLE report (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    due TEXT NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (office, due, period, name)
);

CREATE TABLE section (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    section TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (office, section)
);

CREATE TABLE task (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    task TEXT NOT NULL,
    section TEXT NOT NULL,
    title TEXT NOT NULL,
    short TEXT NOT NULL,
    requirement TEXT NOT NULL,
    deadline_text TEXT NOT NULL,
    no_deadline INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    PRIMARY KEY (office, task)
);

CREATE TABLE task_unit (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    task TEXT NOT NULL,
    unit TEXT NOT NULL,
    supports INTEGER NOT NULL,
    PRIMARY KEY (office, task, unit)
);

CREATE TABLE occurrence (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    ref TEXT NOT NULL,
    task TEXT NOT NULL,
    period TEXT NOT NULL,
    label TEXT NOT NULL,
    due TEXT NOT NULL,
    last_working_day TEXT NOT NULL,
    state TEXT NOT NULL,
    percent INTEGER,
    value TEXT,
    done_on TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (office, ref)
);

CREATE TABLE record (
    office INTEGER NOT NULL REFERENCES office (office) ON DELETE CASCADE,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    day TEXT NOT NULL,
    text TEXT NOT NULL,
    percent INTEGER,
    value TEXT,
    reason TEXT NOT NULL,
    proposal TEXT NOT NULL,
    due TEXT,
    authority TEXT NOT NULL,
    retracts TEXT NOT NULL,
    counts INTEGER NOT NULL,
    PRIMARY KEY (office, id)
);

CREATE TABLE evidence (
    office INTEGER NOT NULL,
    record TEXT NOT NULL,
    place INTEGER NOT NULL,
    number TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (office, record, place),
    FOREIGN KEY (office, record) REFERENCES record (office, id) ON DELETE CASCADE
);

CREATE INDEX occurrence_due ON occurrence (due, state);
CREATE INDEX occurrence_task ON occurrence (office, task);
CREATE INDEX task_title ON task (task, title);
CREATE INDEX record_day ON record (day);
CREATE INDEX record_ref ON record (office, ref);
CREATE INDEX evidence_number ON evidence (number) WHERE number <> '';

CREATE VIEW standing AS
SELECT
    occurrence.*,
    CASE
        WHEN state = 'cancelled' THEN NULL
        WHEN state = 'done' THEN CASE WHEN done_on > due THEN 'late' ELSE 'on-time' END
        WHEN due < as_of THEN 'overdue'
        WHEN julianday(due) - julianday(as_of) <= 7 THEN 'due-soon'
        ELSE 'upcoming'
    END AS timing,
    CAST(julianday(due) - julianday(as_of) AS INTEGER) AS days_left,
    due <= as_of AS has_fallen_due
FROM occurrence, about;

CREATE VIEW office_figures AS
SELECT
    office.office,
    name,
    place,
    year,
    count(timing) AS wanted,
    count(timing) FILTER (WHERE has_fallen_due) AS due,
    count(timing) FILTER (WHERE state = 'done') AS done,
    count(timing) FILTER (WHERE state = 'done' AND NOT has_fallen_due) AS early,
    count(timing) FILTER (WHERE timing = 'on-time') AS on_time,
    count(timing) FILTER (WHERE timing = 'late') AS late,
    count(timing) FILTER (WHERE timing = 'overdue') AS overdue,
    count(timing) FILTER (WHERE state <> 'done' AND NOT has_fallen_due) AS not_reached,
    count(timing) FILTER (WHERE timing = 'due-soon') AS due_soon,
    count(ref) FILTER (WHERE state = 'cancelled') AS cancelled,
    (SELECT count(task) FROM task WHERE task.office = office.office AND no_deadline) AS no_deadline,
    (SELECT count(task) FROM task WHERE task.office = office.office AND unread) AS unread,
    last_record,
    (
        SELECT min(due) FROM report, about
        WHERE report.office = office.office AND due >= as_of AND NOT sent
    ) AS next_report,
    problem
FROM office LEFT JOIN standing ON standing.office = office.office
GROUP BY office.office;

CREATE VIEW task_figures AS
SELECT
    task.task,
    task.title,
    count(DISTINCT task.office) AS offices,
    count(DISTINCT task.deadline_text) AS deadlines,
    count(timing) AS wanted,
    count(timing) FILTER (WHERE has_fallen_due) AS due,
    count(timing) FILTER (WHERE state = 'done') AS done,
    count(timing) FILTER (WHERE timing = 'late') AS late,
    count(timing) FILTER (WHERE timing = 'overdue') AS overdue
FROM task LEFT JOIN standing ON standing.office = task.office AND standing.task = task.task
GROUP BY task.task, task.title;

CREATE VIEW overdue AS
SELECT office.name, standing.ref, task.short, standing.label, standing.due,
    -standing.days_left AS days_late, standing.state, standing.percent, standing.reason
FROM standing
JOIN office ON office.office = standing.office
JOIN task ON task.office = standing.office AND task.task = standing.task
WHERE timing = 'overdue'
ORDER BY standing.due, office.name;

CREATE VIEW month_figures AS
SELECT
    substr(due, 1, 7) AS month,
    count(timing) AS wanted,
    count(timing) FILTER (WHERE state = 'done') AS done,
    count(timing) FILTER (WHERE timing = 'late') AS late,
    count(timing) FILTER (WHERE timing = 'overdue') AS overdue
FROM standing
GROUP BY month;

CREATE VIEW evidence_of AS
SELECT office.name, record.ref, record.day, record.author, evidence.number, evidence.file
FROM evidence
JOIN record ON record.office = evidence.office AND record.id = evidence.record
JOIN office ON office.office = record.office
WHERE record.counts;
