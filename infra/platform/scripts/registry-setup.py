"""Makes Harbor's projects, and the robot account that pulls from them, by its API. Run again, it changes only what differs."""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

API = os.environ["HARBOR_URL"] + "/api/v2.0"
PROJECTS = os.environ["PROJECTS"].split(",")
ROBOT = os.environ["ROBOT"]
PATIENCE = int(os.environ.get("PATIENCE_SECONDS", "600"))


def secret(name):
    with open(os.path.join(os.environ["SECRETS"], name), encoding="utf-8") as file:
        return file.read()


ADMINISTRATOR = base64.b64encode(f"admin:{secret('HARBOR_ADMIN_PASSWORD')}".encode()).decode()


def call(method, path, body=None, query=None):
    """What Harbor answers: status and content. A refusal is an answer, silence is none."""
    url = API + path + ("?" + urllib.parse.urlencode(query) if query else "")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method)
    request.add_header("Authorization", "Basic " + ADMINISTRATOR)
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def expect(answer, *statuses):
    status, content = answer
    if status not in statuses:
        sys.exit(f"Harbor answers {status}, expected {' or '.join(map(str, statuses))}: {content}")
    return content


def wait():
    """Harbor answers only when its database and its cache do."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            status, content = call("GET", "/health")
            if status == 200 and content.get("status") == "healthy":
                return
            said = f"{status}: {content}"
        except (OSError, ValueError) as error:
            said = str(error)
        if time.monotonic() > end:
            sys.exit(f"Harbor is not healthy after {PATIENCE} seconds: {said}")
        time.sleep(min(5, PATIENCE))


def make_project(name):
    if call("HEAD", "/projects", query={"project_name": name})[0] == 200:
        return
    # Another run may have been faster.
    expect(call("POST", "/projects", {"project_name": name, "metadata": {"public": "false"}}), 201, 409)
    print(f"project {name} made")


def permissions():
    return [
        {"kind": "project", "namespace": name, "access": [{"resource": "repository", "action": "pull"}]}
        for name in PROJECTS
    ]


def find_robot():
    """A robot's name has the prefix that the installation gives it: `robot$`."""
    robots = expect(call("GET", "/robots", query={"q": "Level=system", "page_size": 100}), 200)
    return next((robot for robot in robots if robot["name"].split("$")[-1] == ROBOT), None)


def make_robot():
    robot = find_robot()
    if robot is None:
        wanted = {"name": ROBOT, "level": "system", "duration": -1, "disable": False, "permissions": permissions()}
        expect(call("POST", "/robots", wanted), 201)
        robot = find_robot()
        print(f"robot {robot['name']} made")
    wanted = {**robot, "duration": -1, "disable": False, "permissions": permissions()}
    if any(robot.get(key) != wanted[key] for key in ("duration", "disable", "permissions")):
        expect(call("PUT", f"/robots/{robot['id']}", wanted), 200)
    # Harbor never shows a secret: setting it again is the only way to be sure of it.
    expect(call("PATCH", f"/robots/{robot['id']}", {"secret": secret("robot")}), 200)


wait()
for project in PROJECTS:
    make_project(project)
make_robot()
print(f"{len(PROJECTS)} projects, robot {ROBOT}: as they should be")
