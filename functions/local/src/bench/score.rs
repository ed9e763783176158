//! How good the rankings were: hits among the first lines, effort and cost.

use std::collections::BTreeMap;

use serde::Serialize;

/// What came of one case.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Found {
    /// The case.
    pub(crate) id: String,
    /// All lines of the program, most suspicious first; blank lines and those of comments alone left out.
    pub(crate) lines: Vec<u32>,
    /// CPU time of judge, launcher and everything they started, in ms.
    pub(crate) cpu_ms: u64,
    /// Its language.
    #[serde(skip)]
    pub(crate) language: String,
    /// The collection that it comes from.
    #[serde(skip)]
    pub(crate) source: String,
    /// Lines that can run: the first so many of `lines`.
    #[serde(skip)]
    pub(crate) executable: usize,
    /// The place of the first accepted line in `lines`, from 1; `None` where it has none.
    #[serde(skip)]
    pub(crate) rank: Option<usize>,
    /// Whether the grader named no suspect.
    #[serde(skip)]
    pub(crate) abstained: bool,
    /// Tests with another outcome than was recorded.
    #[serde(skip)]
    pub(crate) mismatches: Vec<String>,
    /// Tests that were left out.
    #[serde(skip)]
    pub(crate) left_out: usize,
}

/// One line of the table. Shares are per cent of cases; ranks are strict, so there are no ties to break.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Row {
    /// Language, and collection where it is of one alone.
    pub(crate) name: String,
    /// Cases.
    pub(crate) n: usize,
    /// Cases with an accepted line ranked first, in per cent.
    pub(crate) top1: f64,
    /// Among the first three.
    pub(crate) top3: f64,
    /// Among the first five.
    pub(crate) top5: f64,
    /// Mean of the first accepted line's rank ÷ lines that can run; 1 where only other lines are accepted.
    pub(crate) exam: f64,
    /// CPU time per case in ms: mean, median, 95th percentile.
    pub(crate) cpu_ms: [u64; 3],
    /// Cases without a suspect.
    pub(crate) abstained: usize,
    /// Tests with another outcome than was recorded.
    pub(crate) mismatches: usize,
    /// Tests that were left out.
    pub(crate) left_out: usize,
}

/// The table: per language each collection, then their mean, in which each collection counts the same.
pub(crate) fn table(found: &[Found]) -> Vec<Row> {
    let mut languages: BTreeMap<&str, BTreeMap<&str, Vec<&Found>>> = BTreeMap::new();
    for case in found {
        let sources = languages.entry(&case.language).or_default();
        sources.entry(&case.source).or_default().push(case);
    }
    let mut rows = Vec::new();
    for (language, sources) in languages {
        let of_sources: Vec<Row> = sources
            .iter()
            .map(|(source, cases)| Row::of(format!("{language} {source}"), cases))
            .collect();
        let all: Vec<&Found> = sources.into_values().flatten().collect();
        let whole = Row::of(language.to_owned(), &all);
        let mean = |of: fn(&Row) -> f64| mean(of_sources.iter().map(of));
        let (top1, top3) = (mean(|row| row.top1), mean(|row| row.top3));
        let (top5, exam) = (mean(|row| row.top5), mean(|row| row.exam));
        rows.extend(of_sources.clone());
        rows.push(Row { top1, top3, top5, exam, ..whole });
    }
    rows
}

impl Row {
    fn of(name: String, cases: &[&Found]) -> Self {
        let among =
            |first: usize| {
                mean(cases.iter().map(|case| {
                    if case.rank.is_some_and(|rank| rank <= first) { 100.0 } else { 0.0 }
                }))
            };
        let mut cpu: Vec<u64> = cases.iter().map(|case| case.cpu_ms).collect();
        cpu.sort_unstable();
        let at = |per_cent: usize| cpu.get((cpu.len() * per_cent / 100).min(cpu.len() - 1));
        let total: u64 = cpu.iter().sum();
        Self {
            name,
            n: cases.len(),
            top1: among(1),
            top3: among(3),
            top5: among(5),
            exam: mean(cases.iter().map(|case| case.exam())),
            cpu_ms: [
                total / (cpu.len() as u64).max(1),
                at(50).copied().unwrap_or(0),
                at(95).copied().unwrap_or(0),
            ],
            abstained: cases.iter().filter(|case| case.abstained).count(),
            mismatches: cases.iter().map(|case| case.mismatches.len()).sum(),
            left_out: cases.iter().map(|case| case.left_out).sum(),
        }
    }
}

impl Found {
    fn exam(&self) -> f64 {
        match self.rank {
            Some(rank) if rank <= self.executable => rank as f64 / self.executable as f64,
            _ => 1.0,
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = values.fold((0u32, 0.0), |(n, sum), value| (n + 1, sum + value));
    if n == 0 { 0.0 } else { sum / f64::from(n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, rank: Option<usize>, cpu_ms: u64) -> Found {
        Found {
            id: String::new(),
            lines: Vec::new(),
            cpu_ms,
            language: "c".to_owned(),
            source: source.to_owned(),
            executable: 10,
            rank,
            abstained: rank.is_none(),
            mismatches: Vec::new(),
            left_out: 0,
        }
    }

    #[test]
    fn a_large_collection_does_not_outweigh_a_small_one() {
        let mut cases = vec![found("small", Some(1), 10)];
        cases.extend((0..9).map(|_| found("large", Some(5), 20)));

        let rows = table(&cases);

        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["c large", "c small", "c"]);
        assert!((rows[2].top1 - 50.0).abs() < 1e-9 && (rows[2].exam - 0.3).abs() < 1e-9);
        assert_eq!((rows[2].n, rows[2].cpu_ms), (10, [19, 20, 20]));
    }

    #[test]
    fn a_line_that_cannot_run_costs_the_whole_effort() {
        assert!((found("a", Some(11), 1).exam() - 1.0).abs() < 1e-9);
        assert!((found("a", None, 1).exam() - 1.0).abs() < 1e-9);
    }
}
