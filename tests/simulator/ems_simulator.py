# ems_simulator.py - a client of the simulated EMS that checks an expression.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 ems_simulator.py URL EXPRESSION
#
# In the expression, each of these gives (HTTP status, JSON or None); calls after a sign-in or login
# carry its session, and LIST and DETAILS read what their name says.
#   sign_in(name, password, site)    log_in(account_email, access_key)
#   get(path)    post(path, body)    LIST(offset, count, order)    DETAILS(id)    OLD_DETAILS(id)
# `cookies` and `header` are those that are sent, and can be changed; report() is the simulator's.

import http.cookies
import json
import sys
import time  # for expressions
import urllib.error
import urllib.request

URL, EXPRESSION = sys.argv[1:]
CLOUD = "/fct/api/public/v1/ems_api"
cookies = {}
header = {"Ems-Call-Type": "2", "Referer": URL}


def fetch(path, body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(URL + path, data=data, headers=header)
    if cookies:
        request.add_header("Cookie", "; ".join("%s=%s" % pair for pair in cookies.items()))
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        for value in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(value).items():
                cookies[name] = morsel.value
        text = answer.read().decode()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json else None


def get(path):
    return fetch(path)


def post(path, body):
    return fetch(path, body)


def sign_in(name="hector", password="simulated-password", site=None):
    body = {"name": name, "password": password}
    if site is not None:
        body["site"] = site
    answer = fetch("/api/v1/auth/signin", body)
    for name in ("csrftoken", "ccsrftoken"):
        if name in cookies:
            header["X-CSRFToken"] = cookies[name]
    return answer


def log_in(account_email="hector@example.org", access_key="simulated-access-key"):
    body = {"account_email": account_email, "access_key": access_key}
    status, reply = fetch(CLOUD + "_cloud/login/", body)
    header.pop("Ems-Call-Type")
    header["Ems-Api-Header-Content-Type"] = "application/json"
    if reply and "session_id" in reply:
        header["Authorization"] = reply["session_id"]
    return status, reply


def call(path):
    return get((CLOUD if "Authorization" in header else "") + "/api/v1/" + path)


def LIST(offset=0, count=1000, order="device"):
    words = "offset=%s&count=%s&order_by=%s&order_asc=true" % (offset, count, order)
    return call("endpoints/index?" + words)


def DETAILS(device_id):
    return call("endpoints/device/%s/details" % device_id)


def OLD_DETAILS(device_id):
    return call("endpoints/%s/get" % device_id)


def ids(answer):
    return [row["device_id"] for row in answer[1]["data"]["endpoints"]]


def report():
    return get("/simulator/report")[1]


if not eval("(%s)" % EXPRESSION):
    sys.exit("does not hold: %s\n%s" % (EXPRESSION, report()))
