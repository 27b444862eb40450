import { curl, go, java, node, php, python, pythonWithPyrus, typescript } from './interpreters';
import type { Interpreter } from './interpreters';

/** How a format's code becomes a program. */
export interface Program {
  readonly format: string;
  readonly interpreter: Interpreter;
  readonly around: (code: string) => string;
}

const asItIs = (code: string): string => `${code}\n`;

/** Formats that are programs, or nearly so. */
export const PROGRAMS: readonly Program[] = [
  { format: 'curl', interpreter: curl, around: asItIs },
  { format: 'python', interpreter: pythonWithPyrus, around: onTheStandIn },
  { format: 'python-requests', interpreter: python, around: asItIs },
  { format: 'javascript', interpreter: node, around: asItIs },
  { format: 'javascript', interpreter: typescript, around: code => `${code}\nexport {};\n` },
  { format: 'php', interpreter: php, around: code => `<?php\n${code}\n` },
  { format: 'go', interpreter: go, around: inGo },
  { format: 'java', interpreter: java, around: inJava },
];

/** The official client knows https only, and the hosts of the cloud. */
function onTheStandIn(code: string): string {
  return `import os, urllib.parse
import pyrus.client
accounts = urllib.parse.urlparse(os.environ["PYRUS_ACCOUNTS"])
pyrus.client.PyrusAPI._protocol = accounts.scheme
pyrus.client.PyrusAPI._auth_host = accounts.netloc + "/api"
${code}
`;
}

function inGo(code: string): string {
  return `package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

func attach() error {
${code}
	return nil
}

func main() {
	if err := attach(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`;
}

function inJava(code: string): string {
  return `import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Program {
    public static void main(String[] args) throws Exception {
${code}
    }
}
`;
}
