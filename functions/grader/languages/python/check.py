# Says what is wrong with the syntax of the files named on file descriptor 3, as JSON on file descriptor 4.
import json
import os
import warnings

with os.fdopen(3, encoding="utf-8") as request:
    paths = json.load(request)


def told(path, mistake, severity):
    line = mistake.lineno or 1
    column = mistake.offset if (mistake.offset or 0) > 0 else None
    code = type(mistake).__name__
    return {"path": path, "line": line, "column": column, "severity": severity,
            "message": mistake.msg, "code": code}


found = []
for path in paths:
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        try:
            with open(path, "rb") as source:
                compile(source.read(), path, "exec", dont_inherit=True)
        except SyntaxError as mistake:
            found.append(told(path, mistake, "error"))
        except (ValueError, RecursionError, MemoryError) as mistake:
            found.append({"path": path, "line": 1, "column": None, "severity": "error",
                          "message": str(mistake) or "nested too deeply", "code": type(mistake).__name__})
    for remark in remarks:
        found.append({"path": path, "line": remark.lineno, "column": None, "severity": "warning",
                      "message": str(remark.message), "code": remark.category.__name__})

with os.fdopen(4, "w", encoding="utf-8") as answer:
    json.dump(found, answer)
