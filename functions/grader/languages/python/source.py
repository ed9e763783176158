"""A part of cover.py: what stands on the lines of a learner's file, told without running it."""

import ast
import types


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
