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

/// The source that includes the learner's entry, reads arguments, calls, and writes what came.
///
/// # Errors
///
/// For lists of lists, which C programs get in too many ways for one table.
pub(crate) fn c(language: &Language, function: &Function, entry: &str) -> anyhow::Result<String> {
    let types = Types(language);
    let mut parameters = Vec::new();
    let mut reads = String::new();
    let mut arguments = Vec::new();
    for (n, ty) in function.params.iter().enumerate() {
        let value = format!("faultline_a{n}");
        if let Type::List(item) = ty {
            let item_type = types.plain(item)?;
            let (length, at) = (format!("faultline_n{n}"), format!("faultline_i{n}"));
            reads += &format!(
                "    int {length} = (int)faultline_read_long();\n\
                 \x20   {item_type} *{value} = faultline_room({length}, sizeof *{value});\n\
                 \x20   for (int {at} = 0; {at} < {length}; {at}++) {value}[{at}] = {};\n",
                read(item)
            );
            parameters.push(format!("{item_type} *, int"));
            arguments.extend([value, length]);
        } else {
            let own = types.plain(ty)?;
            reads += &format!("    {own} {value} = {};\n", read(ty));
            parameters.push(own.to_owned());
            arguments.push(value);
        }
    }
    let (returned, write) = types.returned(&function.returns)?;
    if matches!(function.returns, Type::List(_)) {
        parameters.push("int *".to_owned());
        arguments.push("&faultline_length".to_owned());
    }
    let parameters = if parameters.is_empty() { "void".to_owned() } else { parameters.join(", ") };
    let (name, arguments) = (&function.name, arguments.join(", "));
    Ok(format!(
        "{DRIVER}#define main faultline_learners_main\n#include \"{entry}\"\n#undef main\n\
         {returned} {name}({parameters});\n\
         int main(void) {{\n    int faultline_length = 0;\n    (void)faultline_length;\n    faultline_open();\n\
         {reads}    faultline_read_end();\n    {returned} faultline_r = {name}({arguments});\n    \
         faultline_text(\"{{\\\"value\\\":\");\n{write}    faultline_text(\"}}\");\n    faultline_close();\n}}\n"
    ))
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
            "    faultline_text(\"{{\\\"type\\\":\\\"list\\\",\\\"value\\\":[\");\n    \
             for (int i = 0; i < faultline_length; i++) {{\n        \
             if (i) faultline_text(\",\");\n        {each};\n    }}\n    faultline_text(\"]}}\");\n"
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
    fn lists_and_text_go_after_their_length() {
        let list = Value::List(vec![Value::Int("3".into()), Value::Int("-4".into())]);
        let text = Value::String("a b".into());

        assert_eq!(words(&[list, text, Value::Bool(true)]), "2 3 -4 3 a b 1");
    }
}
