"""A part of cover.py: values that are seen while a test runs, and how they are shown."""

SHOWN_MOST = 80
BRANCHES_MOST = 20


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
