#!/usr/bin/python3
"""A WebKitGTK window for WebKitWebDriver: phone-sized, a profile that can last, the console on standard error.

Debian's own Python runs this, because gi comes from Debian. The file must be executable.
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

PROFILE = os.environ.get("WK_PROFILE")
os.dup2(2, 1)  # the driver throws standard output away

store = (
    WebKit2.WebsiteDataManager(base_data_directory=f"{PROFILE}/data", base_cache_directory=f"{PROFILE}/cache")
    if PROFILE
    else WebKit2.WebsiteDataManager.new_ephemeral()
)
context = WebKit2.WebContext.new_with_website_data_manager(store)
context.set_automation_allowed(True)
settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)


def tell_status(view, decision, kind):
    """WebDriver does not know the status of a page, so it goes to the log."""
    if kind == WebKit2.PolicyDecisionType.RESPONSE and decision.get_request().get_uri() == view.get_uri():
        print("STATUS", decision.get_response().get_status_code(), view.get_uri(), flush=True)
    return False


def new_view(_session):
    window = Gtk.Window()
    window.set_decorated(False)
    view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)
    view.set_size_request(360, 740)
    view.connect("decide-policy", tell_status)
    view.connect("close", lambda _view: window.destroy())
    window.add(view)
    window.show_all()
    return view


def started(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("MiniBrowser")  # the name Selenium asks for
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect("create-web-view", new_view)


context.connect("automation-started", started)
Gtk.main()
