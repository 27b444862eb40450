import { curl, go, java, node, php, python } from './interpreters';
import type { Interpreter } from './interpreters';

/** A template of a user that prints the file name from each kind of string that can hold any. */
interface Printer {
  readonly interpreter: Interpreter;
  readonly template: string;
  /** Times that the name is printed, a NUL behind each. */
  readonly times: number;
  readonly around: (code: string) => string;
}

const NAME = '${name}';
const asItIs = (code: string): string => `${code}\n`;

/** By language id. */
export const PRINTERS: Readonly<Record<string, Printer>> = {
  javascript: {
    interpreter: node,
    template: `for (const s of ['${NAME}', "${NAME}", \`${NAME}\`, JSON.parse('{"n": "${NAME}"}').n]) process.stdout.write(s + "\\0");`,
    times: 4,
    around: asItIs,
  },
  python: {
    interpreter: { ...python, checks: [['python3', '--version']], lacks: 'Python' },
    template: `for s in ['${NAME}', "${NAME}", '''${NAME}''', """${NAME} """[:-1], f'${NAME}', f"{1}${NAME}"[1:]]: print(s, end="\\0")`,
    times: 6,
    around: code => `import sys\nsys.stdout.reconfigure(encoding="utf-8")\n${code}\n`,
  },
  shellscript: {
    interpreter: curl,
    template: `printf '%s\\0' '${NAME}' "${NAME}" $'${NAME}'
printf '%s\\0' "$(cat <<EOF
${NAME}
EOF
)"`,
    times: 4,
    around: asItIs,
  },
  php: {
    interpreter: php,
    template: `foreach (['${NAME}', "${NAME}", json_decode('{"n": "${NAME}"}')->n, <<<A
${NAME}
A] as $s) { echo $s, "\\0"; }`,
    times: 4,
    around: code => `<?php\n${code}\n`,
  },
  go: {
    interpreter: go,
    template: `fmt.Print("${NAME}", "\\x00")`,
    times: 1,
    around: code => `package main\n\nimport "fmt"\n\nfunc main() {\n${code}\n}\n`,
  },
  java: {
    interpreter: java,
    template: `out.print("${NAME}" + "\\0");
out.print("""
    ${NAME}\\0""");
/* ${NAME} */ // ${NAME}`,
    times: 2,
    around: code => `public class Program {
    public static void main(String[] args) throws Exception {
        var out = new java.io.PrintStream(System.out, true, "UTF-8");
${code}
    }
}
`,
  },
};
