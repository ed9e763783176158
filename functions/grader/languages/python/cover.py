"""Runs tests of a Python program once more and tells which lines each of them ran.

Reads one request from fd 3, as JSON, and writes answers to fd 4, one JSON text a line: the statements, then each test
as it ends, so that what came before stays where a test ends this program. The request holds inputs and nothing that a
learner may not know: no expected value, no test's name, no result. Everything in the answer is a hint, because the
program under test shares a process with this one: whoever reads it must check it.

Nothing of the learner's is loaded here. Each test runs in a child of its own, and the lines it ran are counted in
memory that both share, so that a child that crashes, loops or is killed still leaves its counts.

Its other parts, source.py and watch.py, come as arguments, because a program that is given by -c has no folder.

Request: {"entry": path, "files": {path: text}, "budget_ms": n, "memory_bytes": n, "tests": [{"cap_ms": n, "watched": bool, "run": RUN}]}
RUN:     {"stdin", "args"} | {"function", "values": [{"type", "value"}]} | {"expr"}
Answers: {path: {line: kind}}, then null | {"hits": {path: {line: count}}, "crash", "seen"} for each test
"""

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
LEAST_MEMORY = 64 * 1024 * 1024  # Python's own address space, nearly all of it shared and never touched
ANSWER_CHARS = 900 * 1024  # 1 MiB is taken
SEEN_MOST = 200
HELD = []  # outlives what learner code does to its own names

for part in sys.argv[1:]:
    exec(compile(part, "<cover>", "exec"))


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
        memory = max(self.request["memory_bytes"], LEAST_MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
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
        size = tell({source.path: source.kinds for source in self.files})
        for test in self.request["tests"]:
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = (used.ru_utime + used.ru_stime) * 1000
            over = spent > self.request["budget_ms"] or time.monotonic() > ends or size > ANSWER_CHARS
            size += tell(None if over else self.rerun(test))

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


def tell(answer):
    """Writes one line and tells how long it is."""
    line = json.dumps(answer).encode() + b"\n"
    rest = line
    while rest:
        rest = rest[os.write(4, rest):]
    return len(line)


def main():
    with open(3, "rb") as data:
        request = json.load(data)
    Parent(request).answer()


main()
