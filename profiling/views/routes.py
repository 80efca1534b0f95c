"""Every page: its address, the view that makes it, and who may ask for it."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from profiling.security.access import Permission
from profiling.security.routes import Route, RouteRule, ScopeRule

_OPEN = RouteRule(None, ScopeRule.NONE)
_ROOMS = "profiling.views"
_SENT_BY_BROWSERS = f"{_ROOMS}.pages.csp_report"
"""Such reports carry no token and change nothing."""


def add_pages(app: Flask, csrf: CSRFProtect) -> None:
    """Give the service its pages; the module of a view is loaded when it is first asked for."""
    for page in PAGES:
        view = page.view(_ROOMS)
        app.add_url_rule(page.path, endpoint=page.name, view_func=view, methods=[page.method])
    csrf.exempt(_SENT_BY_BROWSERS)


def _under(rule: RouteRule, *routes: tuple[str, str, str]) -> tuple[Route, ...]:
    return tuple(Route(method, path, name, rule) for method, path, name in routes)


PAGES = (
    *_under(
        RouteRule(Permission.ACCOUNT_OWN, ScopeRule.OWN),
        ("GET", "/", "pages.home"),
    ),
    *_under(
        _OPEN,
        ("POST", "/language", "pages.choose_language"),
        ("GET", "/healthz", "pages.is_alive"),
        ("GET", "/readyz", "pages.is_ready"),
        ("POST", "/csp-report", "pages.csp_report"),
    ),
    *_under(
        RouteRule(Permission.ACCOUNT_OWN, ScopeRule.NONE),
        ("GET", "/guide", "pages.guide"),
    ),
    *_under(
        _OPEN,
        ("GET", "/login", "account.login"),
        ("POST", "/login", "account.open_session"),
        ("POST", "/login/demo", "account.demo_login"),
        ("POST", "/logout", "account.logout"),
    ),
    *_under(
        RouteRule(Permission.ACCOUNT_OWN, ScopeRule.OWN),
        ("GET", "/me", "account.me"),
        ("POST", "/me/settings", "account.keep_settings"),
        ("POST", "/me/password", "account.change_password"),
        ("POST", "/unlock", "account.unlock"),
        ("POST", "/device-key", "account.device_key"),
    ),
    *_under(
        RouteRule(Permission.QUEUE_READ, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/queue", "queue.show"),
        ("POST", "/queue/search", "queue.search"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE),
        ("POST", "/queue/absent", "queue.mark_absent"),
    ),
    *_under(
        RouteRule(Permission.QUEUE_IMPORT, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/queue/import", "queue.take_in"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/interviews/new", "interviews.new"),
        ("POST", "/interviews/new", "interviews.open_walk_in"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_READ, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/interviews/<interview_id>", "interviews.show"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OWN, personal_data=True),
        ("PUT", "/interviews/<interview_id>/draft", "interviews.save"),
        ("POST", "/interviews/<interview_id>", "interviews.seal"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OWN),
        ("POST", "/interviews/<interview_id>/drop", "interviews.drop"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.NONE),
        ("GET", "/interviews/places/<parent>", "interviews.list_places"),
        ("GET", "/privacy-notice", "interviews.privacy_notice"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OWN, personal_data=True),
        ("GET", "/interviews", "own_interviews.show"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/interviews/find", "own_interviews.find"),
    ),
    *_under(
        RouteRule(Permission.DECISION_RECORD, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/interviews/<interview_id>/decision", "results.decide"),
    ),
    *_under(
        RouteRule(Permission.DECISION_CONFIRM, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/interviews/<interview_id>/decision/confirm", "results.confirm"),
        ("POST", "/interviews/<interview_id>/decision/return", "results.give_back"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_READ, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/interviews/<interview_id>/notice", "notices.show"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OWN, personal_data=True),
        ("GET", "/interviews/<interview_id>/further", "supplements.further"),
        ("POST", "/interviews/<interview_id>/further", "supplements.seal_further"),
        ("GET", "/interviews/<interview_id>/correction", "supplements.correction"),
        ("POST", "/interviews/<interview_id>/correction", "supplements.seal_correction"),
        ("GET", "/interviews/<interview_id>/void", "supplements.void"),
        ("POST", "/interviews/<interview_id>/void", "supplements.seal_void"),
    ),
    *_under(
        RouteRule(Permission.INTERVIEW_CONDUCT, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/interviews/<interview_id>/papers", "supplements.papers"),
        ("POST", "/interviews/<interview_id>/papers", "supplements.seal_papers"),
    ),
    *_under(
        RouteRule(Permission.DECISION_CONFIRM, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/waiting", "waiting.show"),
    ),
    *_under(
        RouteRule(Permission.CASE_READ, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/cases", "cases.show_list"),
        ("GET", "/cases/<case_id>", "cases.show_case"),
    ),
    *_under(
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE),
        ("POST", "/cases/next", "cases.take_next"),
        ("POST", "/cases/<case_id>/take", "cases.take"),
        ("POST", "/cases/<case_id>/findings", "cases.add_finding"),
        ("POST", "/cases/<case_id>/close", "cases.close"),
        ("POST", "/cases/<case_id>/confirm", "cases.confirm"),
        ("POST", "/cases/<case_id>/reopen", "cases.reopen"),
    ),
    *_under(
        RouteRule(Permission.CASE_WORK, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/cases/<case_id>/nik", "cases.open_nik"),
    ),
    *_under(
        RouteRule(Permission.WATCHLIST_READ, ScopeRule.OFFICE, personal_data=True),
        ("GET", "/watchlist", "watchlist.show_list"),
    ),
    *_under(
        RouteRule(Permission.WATCHLIST_EDIT, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/watchlist", "watchlist.add"),
        ("GET", "/watchlist/<entry_id>/end", "watchlist.show_ending"),
        ("POST", "/watchlist/<entry_id>/end", "watchlist.end"),
    ),
    *_under(
        RouteRule(Permission.REPORT_READ, ScopeRule.OFFICE),
        ("GET", "/reports", "reports.index"),
        ("GET", "/reports/<period>", "reports.show"),
        ("GET", "/reports/<period>/<any(csv, json):form>", "reports.download"),
    ),
    *_under(
        RouteRule(Permission.DATASET_READ, ScopeRule.OFFICE),
        ("GET", "/dataset", "dataset.show"),
    ),
    *_under(
        RouteRule(Permission.DATASET_EXPORT, ScopeRule.OFFICE, personal_data=True),
        ("POST", "/dataset", "dataset.export"),
    ),
    *_under(
        RouteRule(Permission.AUDIT_READ, ScopeRule.OFFICE),
        ("GET", "/audit", "audit.show"),
        ("POST", "/audit", "audit.replay"),
    ),
)
"""The pages, by room and rule; a new one is added here."""
