"""The audit log: who read contact details, exported or deleted whom; outside the pool, and without naming anybody."""

from recommender.audit.chain import verified
from recommender.audit.entry import Deed, Entry
from recommender.audit.log import AuditLog

__all__ = ["AuditLog", "Deed", "Entry", "verified"]
