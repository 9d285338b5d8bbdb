"""The statistical forms that go with reports: rows, figures of a period, what is wrong."""
