//! What is written for an assignment's function so that a compiled program can be called: C.
//!
//! The table of types stands in `languages/c.toml`: a parameter `list<T>` is a pointer and a length.

use anyhow::{Context, bail};
use shared::package::{
    Value,
    manifest::{Function, Type},
};

use crate::language::Language;

/// The functions of `driver.c`; no header is included, so that no name of the learner's is taken.
const DRIVER: &str = "\
void faultline_open(void);
long faultline_read_long(void);
double faultline_read_float(void);
char *faultline_read_string(void);
void *faultline_room(long count, unsigned long size);
void faultline_read_end(void);
void faultline_text(const char *text);
void faultline_write_long(long value);
void faultline_write_bool(int value);
void faultline_write_float(double value);
void faultline_write_string(const char *text);
void faultline_close(void);
";

/// What the assignment's function is declared as: `int gcd(int, int)`.
///
/// # Errors
///
/// As [`c`].
pub(crate) fn prototype(language: &Language, function: &Function) -> anyhow::Result<String> {
    let types = Types(language);
    let parameters = Call::of(&types, function)?.parameters.join(", ");
    let (returned, _) = types.returned(&function.returns)?;
    let words = format!("{returned} {}({parameters})", function.name);
    Ok(words
        .replace("* *", "**")
        .replace(&format!("* {}(", function.name), &format!("*{}(", function.name)))
}

/// The source that includes the learner's entry, reads arguments, calls, and writes what came.
///
/// # Errors
///
/// For lists of lists, which C programs get in too many ways for one table.
pub(crate) fn c(language: &Language, function: &Function, entry: &str) -> anyhow::Result<String> {
    let types = Types(language);
    let call = Call::of(&types, function)?;
    let (returned, write) = types.returned(&function.returns)?;
    let (name, reads) = (&function.name, call.reads.concat());
    let (parameters, arguments) = (call.parameters.join(", "), call.arguments.join(", "));
    Ok(format!(
        r#"{DRIVER}#define main faultline_learners_main
#include "{entry}"
#undef main
{returned} {name}({parameters});
int main(void) {{
    int faultline_length = 0;
    (void)faultline_length;
    faultline_open();
{reads}    faultline_read_end();
    {returned} faultline_r = {name}({arguments});
    faultline_text("{{\"value\":");
{write}    faultline_text("}}");
    faultline_close();
}}
"#
    ))
}

/// The pieces of one call.
#[derive(Default)]
struct Call {
    parameters: Vec<String>,
    reads: Vec<String>,
    arguments: Vec<String>,
}

impl Call {
    fn of(types: &Types<'_>, function: &Function) -> anyhow::Result<Self> {
        let mut call = Self::default();
        for (n, ty) in function.params.iter().enumerate() {
            match ty {
                Type::List(item) => call.add_list(n, item, types.plain(item)?),
                ty => call.add(n, ty, types.plain(ty)?),
            }
        }
        if matches!(function.returns, Type::List(_)) {
            call.parameters.push("int *".to_owned());
            call.arguments.push("&faultline_length".to_owned());
        }
        if call.parameters.is_empty() {
            call.parameters.push("void".to_owned());
        }
        Ok(call)
    }

    fn add(&mut self, n: usize, ty: &Type, own: &str) {
        self.reads.push(format!("    {own} faultline_a{n} = {};\n", read(ty)));
        self.parameters.push(own.to_owned());
        self.arguments.push(format!("faultline_a{n}"));
    }

    /// A list is a pointer and a length.
    fn add_list(&mut self, n: usize, item: &Type, own: &str) {
        let read = read(item);
        self.reads.push(format!(
            "    int faultline_n{n} = (int)faultline_read_long();
    {own} *faultline_a{n} = faultline_room(faultline_n{n}, sizeof *faultline_a{n});
    for (int i = 0; i < faultline_n{n}; i++) faultline_a{n}[i] = {read};
"
        ));
        self.parameters.push(format!("{own} *, int"));
        self.arguments.extend([format!("faultline_a{n}"), format!("faultline_n{n}")]);
    }
}

/// The language's own types.
struct Types<'a>(&'a Language);

impl Types<'_> {
    fn plain(&self, ty: &Type) -> anyhow::Result<&str> {
        if matches!(ty, Type::List(_)) {
            bail!("{} functions take no lists of lists", self.0.name);
        }
        let name = String::from(ty.clone());
        let own = self.0.types.get(&name);
        own.map(String::as_str).with_context(|| format!("{} has no type {name}", self.0.name))
    }

    /// The type that is returned, and the statements that write it.
    fn returned(&self, ty: &Type) -> anyhow::Result<(String, String)> {
        let Type::List(item) = ty else {
            return Ok((
                self.plain(ty)?.to_owned(),
                format!("    {};\n", write(ty, "faultline_r")),
            ));
        };
        let own = format!("{} *", self.plain(item)?);
        let each = write(item, "faultline_r[i]");
        let write = format!(
            r#"    faultline_text("{{\"type\":\"list\",\"value\":[");
    for (int i = 0; i < faultline_length; i++) {{
        if (i) faultline_text(",");
        {each};
    }}
    faultline_text("]}}");
"#
        );
        Ok((own, write))
    }
}

/// The expression that reads one value.
fn read(ty: &Type) -> &'static str {
    match ty {
        Type::Float => "faultline_read_float()",
        Type::String => "faultline_read_string()",
        _ => "faultline_read_long()",
    }
}

/// The call that writes one value.
fn write(ty: &Type, value: &str) -> String {
    let kind = match ty {
        Type::Float => "float",
        Type::String => "string",
        Type::Bool => "bool",
        _ => "long",
    };
    format!("faultline_write_{kind}({value})")
}

/// Arguments as words: a list after its length, text after its length in bytes.
pub(crate) fn words(args: &[Value]) -> String {
    args.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn word(value: &Value) -> String {
    match value {
        Value::Bool(held) => u8::from(*held).to_string(),
        Value::Int(digits) | Value::Float(digits) => digits.clone(),
        Value::String(text) => format!("{} {text}", text.len()),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            format!("{} {}", items.len(), words(items))
        }
        Value::None | Value::Dict(_) | Value::Other { .. } => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prototype_is_written_as_people_write_it() {
        let [words, whole] =
            ["list<string>", "int"].map(|it| Type::try_from(it.to_owned()).unwrap());
        let (params, name) = (vec![words.clone(), whole], "best".to_owned());
        let function = Function { name, params, returns: words };

        let prototype = prototype(crate::language::named("c").unwrap(), &function).unwrap();

        assert_eq!(prototype, "char **best(char **, int, int, int *)");
    }

    #[test]
    fn lists_and_text_go_after_their_length() {
        let list = Value::List(vec![Value::Int("3".into()), Value::Int("-4".into())]);
        let text = Value::String("a b".into());

        assert_eq!(words(&[list, text, Value::Bool(true)]), "2 3 -4 3 a b 1");
    }
}
