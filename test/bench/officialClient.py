"""Moves files as the official Python client (pyrus-api) does: with `requests`, each file whole in
memory, one after another. The package itself is used where it is installed; what it does is this.

    officialClient.py upload TOKEN URL FILE...
    officialClient.py download TOKEN URL FOLDER NAME=ID...

Prints the seconds it took, without the start of Python.
"""
import os
import sys
import time

import jsonpickle
import requests


def upload(headers, url, paths):
    for path in paths:
        with open(path, "rb") as file:
            # pyrus-api 2.x: requests.post(url, headers=headers, files={'file': file_content})
            files = {"file": (os.path.basename(path), file.read())}
        response = requests.post(url, headers=headers, files=files, timeout=120)
        response.raise_for_status()
        jsonpickle.decode(response.text)


def download(headers, url, folder, wanted):
    for item in wanted:
        name, number = item.split("=")
        response = requests.get(url + number, headers=headers, timeout=120)
        response.raise_for_status()
        with open(os.path.join(folder, name), "wb") as file:
            file.write(response.content)


what, token, url, *rest = sys.argv[1:]
headers = {"Authorization": "Bearer " + token}
begun = time.perf_counter()
if what == "upload":
    upload(headers, url, rest)
else:
    download(headers, url, rest[0], rest[1:])
print(time.perf_counter() - begun)
