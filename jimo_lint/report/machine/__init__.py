"""Forms of a report that programs read: JSON, a line for mails and groups, annotations of a pull request."""
