//! One execution as a picture: its runs with their times, and the longest chain of them.
//!
//! In: a program and its inputs. Out: what each run did. Runs of one task that one place of one run asked for are drawn as
//! one node, unless there are few. The longest chain goes from a run to the one among those it asked for whose own chain
//! is longest: with as many cores as one likes, the execution takes no less than the sum of its working times.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use cloudc_abi::Name;
use cloudc_analysis::tasks::TaskId;
use cloudc_codegen::Target;
use cloudc_frontend::index::IndexVec;
use cloudc_host::{Outcome, RunTrace};
use serde::Serialize;

use super::picture::{Edge, Picture, position, task_node};
use crate::args::RunArgs;
use crate::back::{self, Built, Code};
use crate::front::Front;
use crate::run;
use crate::stop::Stop;

/// Runs asked for at one place are drawn one by one up to this number.
const DRAWN_ALONE: usize = 4;

/// What happened.
pub struct Trace {
    runs: Vec<Run>,
    elapsed: Duration,
    workers: usize,
    /// Positions of the runs on the longest chain, from the entry.
    chain: Vec<usize>,
}

struct Run {
    task: TaskId,
    parent: Option<usize>,
    seen: RunTrace,
}

/// Compiles, runs, and looks on.
pub fn execute(front: &mut Front, args: &RunArgs) -> Result<Trace, Stop> {
    let code = Code::asked(&args.code, Target::X86_64)?;
    let entry = run::entry(front, args.entry.as_deref())?;
    let objects = run::inputs(front, entry, args)?;
    let built = back::build(&mut front.program, &front.inferred, code, None).map_err(Stop::world)?;
    let result = run::execute(&built, entry, &objects, args, false, true)?;
    if let Some(failure) = result.outputs.iter().find_map(|o| o.as_ref().err()) {
        eprintln!(
            "warning: the program failed ({}); the graph shows what ran before",
            failure.root().message
        );
    }
    Ok(Trace::new(&built, result.trace, result.stats.elapsed))
}

impl Trace {
    fn new(built: &IndexVec<TaskId, Built>, mut seen: Vec<RunTrace>, elapsed: Duration) -> Trace {
        let tasks: HashMap<Name, TaskId> = built.iter_enumerated().map(|(id, b)| (b.name, id)).collect();
        seen.sort_by_key(|r| (r.start, r.outputs.first().copied()));
        seen.retain(|r| tasks.contains_key(&r.task));
        let names: HashMap<Name, usize> =
            seen.iter().enumerate().filter_map(|(i, r)| Some((*r.outputs.first()?, i))).collect();
        let workers = seen.iter().map(|r| r.worker + 1).max().unwrap_or(1);
        let runs: Vec<Run> = seen
            .into_iter()
            .map(|r| Run {
                task: tasks[&r.task],
                parent: r.parent.and_then(|p| names.get(&p).copied()),
                seen: r,
            })
            .collect();
        let chain = longest_chain(&runs);
        Trace { runs, elapsed, workers, chain }
    }

    fn work(&self, runs: &[usize]) -> Duration {
        runs.iter().map(|r| self.runs[*r].seen.busy).sum()
    }

    /// The runs, those alike together.
    pub fn picture(&self, front: &Front) -> Picture {
        // Children come later than their parents, so a parent's group is known.
        let mut group_of = vec![0; self.runs.len()];
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut at: BTreeMap<(Option<usize>, u32, u32), Vec<usize>> = BTreeMap::new();
        for (i, run) in self.runs.iter().enumerate() {
            let key = (run.parent.map(|p| group_of[p]), run.seen.site, run.task.0);
            let alike = at.entry(key).or_default();
            if alike.len() < DRAWN_ALONE {
                alike.push(groups.len());
                groups.push(Vec::new());
            }
            // The later ones join the last.
            let group = alike[alike.len() - 1];
            group_of[i] = group;
            groups[group].push(i);
        }
        let total: Duration = self.runs.iter().map(|r| r.seen.busy).sum();
        let longest = self.work(&self.chain);
        let title = format!(
            "{}: {} runs on {} workers in {}, {} of work, longest chain {}",
            front.source.name,
            self.runs.len(),
            self.workers,
            shown(self.elapsed),
            shown(total),
            shown(longest)
        );
        let mut picture = Picture { title, ..Picture::default() };
        for (g, group) in groups.iter().enumerate() {
            let task = &front.inferred.tasks[self.runs[group[0]].task];
            let starts = group.iter().map(|r| self.runs[*r].seen.start).min().unwrap_or_default();
            let ends = group.iter().map(|r| self.runs[*r].seen.end).max().unwrap_or_default();
            let mut lines = vec![format!("{} – {}", shown(starts), shown(ends))];
            lines.push(match group.len() {
                1 => format!("work {}", shown(self.work(group))),
                n => format!("{n} runs, work {}", shown(self.work(group))),
            });
            let known = group.iter().filter(|r| is_known(&self.runs[**r])).count();
            if known > 0 {
                lines.push(format!("{known} known already"));
            }
            let mut node = task_node(front, task, lines);
            node.at = position(front, task.span);
            node.critical = group.iter().any(|r| self.chain.contains(r));
            picture.nodes.push(node);
            if let Some(parent) = self.runs[group[0]].parent {
                let critical = node_is_critical(&picture, group_of[parent]) && node_is_critical(&picture, g);
                picture.edges.push(Edge { critical, ..Edge::new(group_of[parent], g) });
            }
        }
        picture
    }

    /// Every run.
    pub fn json(&self, front: &Front) -> impl Serialize + use<> {
        #[derive(Serialize)]
        struct JsonRun {
            task: String,
            at: String,
            parent: Option<usize>,
            worker: usize,
            start_us: f64,
            end_us: f64,
            busy_us: f64,
            known: bool,
        }
        #[derive(Serialize)]
        struct Json {
            elapsed_us: f64,
            work_us: f64,
            longest_chain_us: f64,
            longest_chain: Vec<usize>,
            runs: Vec<JsonRun>,
        }
        let us = |d: Duration| d.as_nanos() as f64 / 1e3;
        let runs = self.runs.iter().map(|r| JsonRun {
            task: front.inferred.tasks[r.task].name.clone(),
            at: front.sources.show(front.inferred.tasks[r.task].span),
            parent: r.parent,
            worker: r.seen.worker,
            start_us: us(r.seen.start),
            end_us: us(r.seen.end),
            busy_us: us(r.seen.busy),
            known: is_known(r),
        });
        Json {
            elapsed_us: us(self.elapsed),
            work_us: us(self.runs.iter().map(|r| r.seen.busy).sum()),
            longest_chain_us: us(self.work(&self.chain)),
            longest_chain: self.chain.clone(),
            runs: runs.collect(),
        }
    }
}

fn is_known(run: &Run) -> bool {
    matches!(run.seen.outcome, Outcome::Remembered | Outcome::CutOff)
}

fn node_is_critical(picture: &Picture, node: usize) -> bool {
    picture.nodes.get(node).is_some_and(|n| n.critical)
}

/// Runs are in the order of their starts, so whoever was asked for comes later.
fn longest_chain(runs: &[Run]) -> Vec<usize> {
    let mut below = vec![Duration::ZERO; runs.len()];
    let mut next: Vec<Option<usize>> = vec![None; runs.len()];
    for i in (0..runs.len()).rev() {
        let whole = runs[i].seen.busy + below[i];
        if let Some(parent) = runs[i].parent.filter(|p| *p < i)
            && (next[parent].is_none() || whole > below[parent])
        {
            (below[parent], next[parent]) = (whole, Some(i));
        }
    }
    let root = (0..runs.len()).find(|i| runs[*i].parent.is_none());
    std::iter::successors(root, |i| next[*i]).collect()
}

fn shown(time: Duration) -> String {
    let us = time.as_nanos() as f64 / 1e3;
    if us < 1000.0 { format!("{us:.0} µs") } else { format!("{:.1} ms", us / 1e3) }
}
