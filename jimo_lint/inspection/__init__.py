"""One run of an inspection: collect, judge, triage, report. Each inspection is a module of its own."""
