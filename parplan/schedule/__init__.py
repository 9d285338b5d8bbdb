"""From rules to due dates: periods, rules, working days."""
