# Loads the learner's program and calls one function, or evaluates one expression, in this process alone.
# The request comes on file descriptor 3; exactly one record goes out on 4. No expected value is here.
import collections
import json
import os
import sys
import types

write, leave, dumps = os.write, os._exit, json.dumps
exactly, show, text, number = type, repr, str, int

# Types of the standard library that stand for a plain one. Exactly these, as they are before learner code loads.
DICTS = (dict, collections.Counter, collections.defaultdict, collections.OrderedDict)
LISTS = (types.GeneratorType, map, filter, zip, range, enumerate, reversed, type(reversed([])), type({}.keys()),
         type({}.values()), type({}.items()))
pairs_of = dict.items

MAX_DEPTH = 20
MAX_ITEMS = 100_000
MAX_SHOWN = 200
MAX_DEFINED = 20


def one_of(kinds, kind):
    """Without `==`, which a learner's class could define."""
    for it in kinds:
        if kind is it:
            return True
    return False


def values(items, depth, room):
    return [value(item, depth + 1, room) for item in items]


def value(it, depth, room):
    room[0] -= 1
    if room[0] < 0 or depth > MAX_DEPTH:
        raise OverflowError("the value is too large or nested too deeply to be compared")
    kind = exactly(it)
    if it is None:
        return {"type": "none"}
    if kind is bool:
        return {"type": "bool", "value": it}
    if kind is int:
        return {"type": "int", "value": show(it)}
    if kind is float:
        return {"type": "float", "value": show(it)}
    if kind is str:
        return {"type": "string", "value": it.encode("utf-8", "replace").decode("utf-8")}
    if kind is list:
        return {"type": "list", "value": values(it, depth, room)}
    if kind is tuple:
        return {"type": "tuple", "value": values(it, depth, room)}
    if kind is set or kind is frozenset:
        return {"type": "set", "value": values(it, depth, room)}
    if one_of(DICTS, kind):
        return {"type": "dict", "value": [values(pair, depth, room) for pair in pairs_of(it)]}
    if one_of(LISTS, kind):
        return {"type": "list", "value": values(it, depth, room)}
    try:
        shown = show(it)
        shown = shown[:MAX_SHOWN] if exactly(shown) is str else ""
    except Exception:
        shown = ""
    shown = shown.encode("utf-8", "replace").decode("utf-8")
    return {"type": "other", "value": {"name": kind.__name__, "shown": shown}}


def plain(it):
    kind = it["type"]
    if kind == "none":
        return None
    held = it["value"]
    if kind == "int":
        return number(held)
    if kind == "float":
        return float(held)
    if kind == "list":
        return [plain(item) for item in held]
    if kind == "tuple":
        return tuple(plain(item) for item in held)
    if kind == "set":
        return {plain(item) for item in held}
    if kind == "dict":
        return {plain(key): plain(item) for key, item in held}
    return held


def raised(error, folder, files):
    """Where an exception came from: the innermost line in a file of the learner's."""
    path, line = "", 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        name = name[len(folder) + 1:] if name.startswith(folder + "/") else name
        if name in files:
            path, line = name, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename in files:
        path, line = error.filename, error.lineno or 1
    try:
        message = text(error)[:1000]
    except Exception:
        message = ""
    names = [kind.__name__ for kind in exactly(error).__mro__]
    message = message.encode("utf-8", "replace").decode("utf-8")
    return {"names": names, "message": message, "path": path, "line": line}


def defined(module, entry):
    """Names of the functions that the learner's file defines at its top level."""
    own = [name for name, it in module.__dict__.items()
           if exactly(it) is types.FunctionType and it.__code__.co_filename == entry]
    return own[:MAX_DEFINED]


def lacked(error, expr):
    """The function that the test itself calls, and that the learner's file does not have."""
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    name = error.name if exactly(error) is NameError else None
    in_test = trace.tb_frame.f_code.co_filename == "<test>"
    return name if in_test and exactly(name) is str and f"{name}(" in expr else None


def answer(request):
    entry, folder = request["entry"], os.getcwd()
    sys.path.insert(0, folder)
    sys.argv = [entry]
    name = entry.rsplit("/", 1)[-1].removesuffix(".py")
    module = types.ModuleType(name)
    module.__file__ = os.path.join(folder, entry)
    sys.modules[name] = module
    try:
        with open(entry, "rb") as source:
            code = compile(source.read(), entry, "exec", dont_inherit=True)
        exec(code, module.__dict__)
        if "expr" in request:
            result = eval(compile(request["expr"], "<test>", "eval"), module.__dict__)
        else:
            function = module.__dict__.get(request["function"])
            if function is None:
                return {"missing": {"name": request["function"], "defined": defined(module, entry)}}
            result = function(*[plain(it) for it in request["args"]])
        return {"value": value(result, 0, [MAX_ITEMS])}
    except SystemExit:
        return None
    except BaseException as error:
        name = lacked(error, request.get("expr", ""))
        if name is not None:
            return {"missing": {"name": name, "defined": defined(module, entry)}}
        return {"raised": raised(error, folder, set(request["files"]))}


with os.fdopen(3, encoding="utf-8") as given:
    task = json.load(given)
sys.set_int_max_str_digits(0)
outcome = answer(task)
try:
    sys.stdout.flush()
    sys.stderr.flush()
except Exception:
    pass
if outcome is not None:
    record = dumps(outcome).encode()
    while record:
        record = record[write(4, record):]
leave(0)
