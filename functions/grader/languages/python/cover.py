"""Runs tests of a Python program once more and tells which lines each of them ran.

Reads one request from fd 3 and writes one answer to fd 4, both JSON. The request holds inputs and nothing that a
learner may not know: no expected value, no test's name, no result. Everything in the answer is a hint, because the
program under test shares a process with this one: whoever reads it must check it.

Nothing of the learner's is loaded here. Each test runs in a child of its own, and the lines it ran are counted in
memory that both share, so that a child that crashes, loops or is killed still leaves its counts.

Request: {"entry": path, "files": {path: text}, "budget_ms": n, "tests": [{"cap_ms": n, "watched": bool, "run": RUN}]}
RUN:     {"stdin", "args"} | {"function", "values": [{"type", "value"}]} | {"expr"}
Answer:  {"statements": {path: {line: kind}}, "tests": [null | {"hits": {path: {line: count}}, "crash", "seen"}]}
"""

import ast
import json
import mmap
import os
import resource
import signal
import sys
import threading
import time
import types

NOTES_BYTES = 64 * 1024
ANSWER_CHARS = 900 * 1024  # 1 MiB is taken
SEEN_MOST = 200
SHOWN_MOST = 80
BRANCHES_MOST = 20
HELD = []  # outlives what learner code does to its own names


class Source:
    """One file: where its lines start in the shared counts, and what stands on them."""

    def __init__(self, path, text, base):
        self.path = path
        self.base = base
        self.length = text.count("\n") + 2
        self.kinds = {}
        self.assigned = {}
        self.conditions = {}
        try:
            tree = ast.parse(text, path)
            self.code = compile(tree, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self.code = None
            return
        executable = lines_of(self.code)
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                self.learn(node, executable)
        for line in executable:
            self.kinds.setdefault(line, "other")

    def learn(self, node, executable):
        kind = kind_of(node)
        # A statement over several lines is one statement: its later lines share its kind, unless they hold others.
        last = node.end_lineno if not hasattr(node, "body") else node.lineno
        for line in range(node.lineno, last + 1):
            if line in executable:
                self.kinds[line] = kind
        names = sorted(set(targets(node)))
        if names:
            self.assigned.setdefault(node.lineno, []).extend(names)
        if isinstance(node, (ast.If, ast.While)) and not isinstance(node.test, ast.Constant):
            first = node.body[0].lineno
            if node.test.end_lineno == node.lineno < first:
                self.conditions[node.lineno] = (first, node.body[-1].end_lineno)


def lines_of(code):
    """Lines that some instruction of the code, or of code inside it, belongs to."""
    lines = {line for _, _, line in code.co_lines() if line}
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            # Python 3.11 gives `def` itself no event inside the function: its first line belongs outside.
            lines |= lines_of(inner) - ({inner.co_firstlineno} if inner.co_name != "<lambda>" else set())
    return lines


def kind_of(node):
    """What sort of statement it is; the words are those of the judge."""
    plain = (ast.Constant, ast.Name, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.UnaryOp)
    match node:
        case ast.Return(value=value):
            return "return_plain" if value is None or isinstance(value, plain[:2]) else "return"
        case ast.If() | ast.Match() | ast.Assert():
            return "condition"
        case ast.While() | ast.For() | ast.AsyncFor():
            return "loop"
        case ast.AugAssign():
            return "update"
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            fixed = value is None or not any(
                isinstance(part, ast.expr) and not isinstance(part, plain) or isinstance(part, ast.Name)
                for part in ast.walk(value)
            )
            return "constant" if fixed else "assign"
        case ast.Expr(value=ast.Constant()):
            return "definition"
        case ast.Expr() | ast.Delete():
            return "call"
        case ast.Break() | ast.Continue() | ast.Pass() | ast.Raise():
            return "jump"
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
            return "definition"
    return "other"


def targets(node):
    """Names that the statement gives a value to."""
    match node:
        case ast.Assign(targets=many):
            places = many
        case ast.AugAssign(target=one) | ast.AnnAssign(target=one) | ast.For(target=one):
            places = [one]
        case _:
            places = []
    for place in places:
        for part in ast.walk(place):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def shown(value, inside=False):
    """A value in source text, or None where it is long or not of an exact built-in type: a learner's own class could
    run code when it is shown."""
    kind = type(value)
    if value is None or kind is bool or kind is float:
        text = repr(value)
    elif kind is int and value.bit_length() <= 200 or kind is str and len(value) <= SHOWN_MOST:
        text = repr(value)
    elif kind in (list, tuple) and not inside and len(value) <= 20:
        parts = [shown(part, True) for part in value]
        if None in parts:
            return None
        text = ", ".join(parts)
        text = f"[{text}]" if kind is list else f"({text},)" if len(parts) == 1 else f"({text})"
    else:
        return None
    return text if len(text) <= SHOWN_MOST else None


def plain(value):
    """A value of the judge's, `{"type", "value"}`, as Python has it."""
    content = value.get("value")
    match value["type"]:
        case "int":
            return int(content)
        case "float":
            return float(content)
        case "list":
            return [plain(part) for part in content]
        case "tuple":
            return tuple(plain(part) for part in content)
        case "set":
            return {plain(part) for part in content}
        case "dict":
            return {plain(key): plain(part) for key, part in content}
    return content


class Watch:
    """What one test's run shows beside the lines: last values of variables, first returned values, conditions."""

    def __init__(self):
        self.last = {}
        self.raising = set()
        self.values = {}
        self.returned = {}
        self.taken = {}

    def step(self, source, frame, event, arg):
        key = id(frame)
        before = self.last.get(key)
        if event == "exception":
            self.raising.add(key)
            return
        if event == "line":
            self.raising.discard(key)
            self.last[key] = frame.f_lineno
        elif event == "return":
            self.last.pop(key, None)
        if before is not None and key not in self.raising:
            self.after(source, frame, before, frame.f_lineno if event == "line" else None)
        if event == "return":
            self.leave(source, frame, arg, key in self.raising)
            self.raising.discard(key)

    def after(self, source, frame, line, next_line):
        for name in source.assigned.get(line, ()):
            text = shown(frame.f_locals.get(name, self))
            if text is not None:
                self.values[source.path, line, name] = text
        body = source.conditions.get(line)
        if body and next_line != line:
            taken = self.taken.setdefault((source.path, line), [])
            if len(taken) < BRANCHES_MOST:
                taken.append(next_line is not None and body[0] <= next_line <= body[1])

    def leave(self, source, frame, value, raised):
        name = frame.f_code.co_name
        generator = frame.f_code.co_flags & 0x2A0
        place = (source.path, frame.f_lineno, name)
        if raised or generator or name.startswith("<") or place in self.returned:
            return
        if source.kinds.get(frame.f_lineno) in ("return", "return_plain"):
            self.returned[place] = shown(value)

    def notes(self):
        for (path, line, name), text in self.returned.items():
            if text is not None:
                yield {"path": path, "line": line, "seen": "returned", "function": name, "value": text}
        for (path, line), taken in self.taken.items():
            yield {"path": path, "line": line, "seen": "branch", "taken": taken}
        for (path, line, name), text in self.values.items():
            yield {"path": path, "line": line, "seen": "variable", "name": name, "value": text}


class Child:
    """The one test that this process runs: everything here happens after the fork."""

    def __init__(self, request, test, sources, shared):
        self.request = request
        self.test = test
        self.sources = sources
        self.shared = shared
        self.counts = memoryview(shared)[NOTES_BYTES:].cast("Q")
        self.watch = Watch() if test["watched"] else None

    def live(self):
        self.limit()
        self.streams()
        crash = None
        try:
            threading.settrace(self.trace)
            sys.settrace(self.trace)
            self.run()
        except BaseException as error:  # a learner's SystemExit and KeyboardInterrupt end the test like the rest
            sys.settrace(None)
            crash = self.crash(error)
        sys.settrace(None)
        self.leave(crash)

    def limit(self):
        cap = self.test["cap_ms"] / 1000
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = int(cap) + 2
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        signal.signal(signal.SIGPROF, lambda *_: self.leave(None))
        signal.setitimer(signal.ITIMER_PROF, cap)

    def streams(self):
        stdin = os.memfd_create("stdin")
        os.write(stdin, self.test["run"].get("stdin", "").encode())
        os.lseek(stdin, 0, os.SEEK_SET)
        os.dup2(stdin, 0)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.closerange(3, 64)

    def run(self):
        run = self.test["run"]
        entry = self.request["entry"]
        sys.argv = [entry, *run.get("args", [])]
        sys.path.insert(0, os.getcwd())
        sys.set_int_max_str_digits(0)
        name = "__main__" if "stdin" in run else os.path.basename(entry).removesuffix(".py")
        module = types.ModuleType(name)
        module.__file__ = entry
        sys.modules[name] = module
        HELD.append(module)
        exec(self.sources[entry].code, module.__dict__)
        if "expr" in run:
            result = eval(compile(run["expr"], "<call>", "eval", dont_inherit=True), module.__dict__)
        elif "function" in run:
            values = [plain(value) for value in run["values"]]
            result = module.__dict__[run["function"]](*values)
        else:
            return
        if isinstance(result, types.GeneratorType):
            for _ in result:
                pass

    def trace(self, frame, event, arg):
        source = self.sources.get(frame.f_code.co_filename)
        if source is None:
            return None
        return self.watching(source) if self.watch else self.counting(source)

    def counting(self, source):
        counts, base, length = self.counts, source.base, source.length

        def step(frame, event, arg):
            if event == "line":
                line = frame.f_lineno
                if line is not None and line < length:
                    counts[base + line] += 1
            return step

        return step

    def watching(self, source):
        count = self.counting(source)

        def step(frame, event, arg):
            count(frame, event, arg)
            self.watch.step(source, frame, event, arg)
            return step

        return step

    def crash(self, error):
        if isinstance(error, SystemExit):
            return None
        place = None
        trail = error.__traceback__
        while trail is not None:
            source = self.sources.get(trail.tb_frame.f_code.co_filename)
            if source is not None:
                place = (source.path, trail.tb_lineno)
            trail = trail.tb_next
        return place and {"path": place[0], "line": place[1], "name": type(error).__name__[:SHOWN_MOST]}

    def leave(self, crash):
        """Hands over what was noted, in the shared memory, and ends the process at once."""
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_PROF, 0)
        seen = []
        if self.watch:
            for note, _ in zip(self.watch.notes(), range(SEEN_MOST)):
                seen.append(note)
        text = json.dumps({"crash": crash, "seen": seen}).encode()
        if len(text) > NOTES_BYTES - 8:
            text = json.dumps({"crash": crash, "seen": []}).encode()
        self.shared[8 : 8 + len(text)] = text
        self.shared[:8] = len(text).to_bytes(8, "little")
        os._exit(0)


class Parent:
    """Forks a child a test, waits for it within limits, and reads what it left."""

    def __init__(self, request):
        self.request = request
        self.sources = {}
        lines = 0
        for path, text in request["files"].items():
            source = Source(path, text, lines)
            lines += source.length
            self.sources[path] = self.sources[os.path.join(os.getcwd(), path)] = source
        self.files = [self.sources[path] for path in request["files"]]
        self.shared = mmap.mmap(-1, NOTES_BYTES + 8 * (lines + 1))

    def answer(self):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        ends = time.monotonic() + 2 * self.request["budget_ms"] / 1000
        tests = []
        size = 0
        for test in self.request["tests"]:
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = (used.ru_utime + used.ru_stime) * 1000
            over = spent > self.request["budget_ms"] or time.monotonic() > ends or size > ANSWER_CHARS
            tests.append(None if over else self.rerun(test))
            size += len(json.dumps(tests[-1]))
        statements = {source.path: source.kinds for source in self.files}
        return {"statements": statements, "tests": tests}

    def rerun(self, test):
        self.shared[:] = bytes(len(self.shared))
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
                signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
                Child(self.request, test, self.sources, self.shared).live()
            finally:
                os._exit(1)
        self.wait(child, time.monotonic() + 0.5 + 2 * test["cap_ms"] / 1000)
        notes = self.notes()
        hits = {}
        counts = memoryview(self.shared)[NOTES_BYTES:].cast("Q")
        for source in self.files:
            ran = counts[source.base : source.base + source.length].tolist()
            lines = {line: times for line, times in enumerate(ran) if times}
            if lines:
                hits[source.path] = lines
        counts.release()
        return {"hits": hits, "crash": notes.get("crash"), "seen": notes.get("seen", [])}

    def wait(self, child, deadline):
        while True:
            if os.waitpid(child, os.WNOHANG)[0]:
                break
            left = deadline - time.monotonic()
            if left <= 0:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                break
            signal.sigtimedwait([signal.SIGCHLD], left)
        try:
            os.killpg(child, signal.SIGKILL)  # what the test left running
        except (ProcessLookupError, PermissionError):
            pass

    def notes(self):
        length = int.from_bytes(self.shared[:8], "little")
        try:
            notes = json.loads(self.shared[8 : 8 + min(length, NOTES_BYTES - 8)])
        except ValueError:
            return {}
        return notes if isinstance(notes, dict) else {}


def main():
    with open(3, "rb") as data:
        request = json.load(data)
    answer = json.dumps(Parent(request).answer()).encode()
    with open(4, "wb") as values:
        values.write(answer)


main()
