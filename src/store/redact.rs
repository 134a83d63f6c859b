pub(super) const REDACTED: &str = "[redacted]";
