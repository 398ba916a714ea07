"""What people may do with people: users, roles, tokens, invitations."""

from enum import StrEnum


class Identity(StrEnum):
    USER_READ = "identity:user:read"
    USER_MANAGE = "identity:user:manage"
    ROLE_MANAGE = "identity:role:manage"
    TOKEN_MANAGE = "identity:token:manage"
    PORTAL_INVITE = "identity:portal:invite"
    PROVIDER_MANAGE = "identity:provider:manage"
    COLLEAGUE_INVITE = "identity:colleague:invite"
