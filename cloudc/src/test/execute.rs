//! Runs tests side by side.
//!
//! Each worker has a host of its own, so that what a test logs is known to be that test's. All hosts share the store.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cloudc_host::{Host, HostError, HostOptions};

use super::find::{Fate, TestCase};
use super::outcome::Ran;
use super::report::Report;
use super::{Images, outcome};
use crate::args::TestArgs;
use crate::stop::Stop;

/// After this long people are told which test is still running.
const LONG: Duration = Duration::from_secs(60);

/// Runs the tests whose fate it is, and reports all; whether none failed.
///
/// # Errors
/// If a host cannot run.
pub fn run(
    cases: &[TestCase],
    fates: &[Fate],
    images: &Images,
    args: &TestArgs,
    jobs: Option<usize>,
    mut report: Report<'_>,
) -> Result<bool, Stop> {
    let chosen: Vec<usize> = (0..cases.len()).filter(|i| fates[*i] == Fate::Run).collect();
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok().map(NonZeroUsize::get));
    let jobs = jobs.unwrap_or(1).min(chosen.len());
    let started = Instant::now();
    report.start(fates.iter().filter(|f| **f != Fate::FilteredOut).count())?;
    let next = AtomicUsize::new(0);
    let running: Vec<Mutex<Option<(usize, Instant)>>> = (0..jobs).map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for current in &running {
            let (next, chosen, wants_log) = (&next, &chosen[..], report.shows_output());
            let worker = Worker { cases, chosen, images, args, current, next, wants_log };
            let sender = sender.clone();
            scope.spawn(move || worker.work(&sender));
        }
        drop(sender);
        // Results come in any order and are shown in that of names.
        let mut ended: Vec<Option<Ran>> = chosen.iter().map(|_| None).collect();
        let mut shown = 0;
        let mut waiting = cases.iter().zip(fates).filter(|(_, fate)| **fate != Fate::FilteredOut).peekable();
        loop {
            while let Some((case, fate)) = waiting.peek() {
                match fate {
                    Fate::Ignored => report.ignored(case)?,
                    _ => {
                        let Some(ran) = ended.get_mut(shown).and_then(Option::take) else { break };
                        shown += 1;
                        report.ended(case, outcome::judge(case, ran, report.sources))?;
                    }
                }
                waiting.next();
            }
            match receiver.recv_timeout(LONG / 60) {
                Ok((test, Ok(ran))) => ended[test] = Some(ran),
                Ok((_, Err(error))) => {
                    next.store(usize::MAX / 2, Ordering::SeqCst);
                    return Err(Stop::world(error));
                }
                Err(RecvTimeoutError::Timeout) => {
                    for slot in &running {
                        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
                        if let Some((test, _)) = slot.take_if(|(_, since)| since.elapsed() > LONG) {
                            report.is_slow(&cases[chosen[test]], LONG)?;
                        }
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let filtered_out = fates.iter().filter(|f| **f == Fate::FilteredOut).count();
        report.finish(filtered_out, started.elapsed())
    })
}

/// What a worker sends: the number of a test among those that run, and its run.
type Message = (usize, Result<Ran, HostError>);

struct Worker<'a> {
    cases: &'a [TestCase],
    /// The tests that run.
    chosen: &'a [usize],
    images: &'a Images,
    args: &'a TestArgs,
    /// The test it runs, and since when.
    current: &'a Mutex<Option<(usize, Instant)>>,
    /// The next test nobody runs.
    next: &'a AtomicUsize,
    /// Whether the log of a passing test will be shown.
    wants_log: bool,
}

impl Worker<'_> {
    fn work(&self, results: &Sender<Message>) {
        let mut hosts: [Option<(Host, Log)>; 2] = [None, None];
        loop {
            let test = self.next.fetch_add(1, Ordering::SeqCst);
            if test >= self.images.tests.len() {
                return;
            }
            let set = |value| *self.current.lock().unwrap_or_else(PoisonError::into_inner) = value;
            set(Some((test, Instant::now())));
            let result = self.run(test, &mut hosts);
            set(None);
            if results.send((test, result)).is_err() {
                return;
            }
        }
    }

    fn run(&self, test: usize, hosts: &mut [Option<(Host, Log)>; 2]) -> Result<Ran, HostError> {
        let [remembering, forgetting] = hosts;
        let ran = self.run_on(test, remembering, self.args.no_cache)?;
        // What was logged is not remembered.
        let case = &self.cases[self.chosen[test]];
        if ran.is_cached && (self.wants_log || !outcome::is_as_asked(case, ran.failure.as_ref())) {
            return self.run_on(test, forgetting, true);
        }
        Ok(ran)
    }

    fn run_on(&self, test: usize, slot: &mut Option<(Host, Log)>, no_cache: bool) -> Result<Ran, HostError> {
        if slot.is_none() {
            *slot = Some(self.host(no_cache)?);
        }
        let Some((host, log)) = slot else { return Err(HostError::UnknownTask(cloudc_abi::Name::NONE)) };
        let image = &self.images.all[self.images.tests[test]];
        let started = Instant::now();
        let task = host.add_image(&image.image)?;
        let inputs: Result<Vec<_>, _> = self.images.objects.iter().map(|o| host.put(o)).collect();
        let result = host.run(task, &inputs?, image.note.n_outputs)?;
        let failure = result.outputs.iter().find_map(|o| o.as_ref().err().cloned());
        let text = image.note.text_output.and_then(|i| result.outputs.get(i as usize)?.as_ref().ok());
        let site = failure.as_ref().and_then(|f| {
            // Tests that do the same share their name, but not their positions.
            let others = || self.images.all.iter().find(|b| b.name == f.root().task);
            let image = if f.root().task == task { Some(image) } else { others() };
            image?.sites.get(&f.root().site).copied()
        });
        Ok(Ran {
            text: text.map(|t| t.to_vec()).unwrap_or_default(),
            log: std::mem::take(&mut *log.lock().unwrap_or_else(PoisonError::into_inner)),
            failure,
            site,
            is_cached: result.stats.runs == 0 && result.stats.failed == 0,
            time: started.elapsed(),
        })
    }

    fn host(&self, no_cache: bool) -> Result<(Host, Log), HostError> {
        let log = Log::default();
        let sink = log.clone();
        let host = Host::open(HostOptions {
            store: if no_cache { None } else { crate::cache::folder(self.args.cache.as_ref()) },
            no_cache,
            jobs: 1,
            deadline: self.args.deadline.map(|s| Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX)),
            log: Some(Arc::new(move |_, text| {
                sink.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
            })),
            ..HostOptions::default()
        })?;
        // A test may ask for any task of the program.
        for image in self.images.all.iter() {
            if image.note.flags & cloudc_abi::code::note_flag::SPAWNS != 0 {
                for other in self.images.all.iter() {
                    host.add_image(&other.image)?;
                }
                break;
            }
        }
        Ok((host, log))
    }
}

/// What a test logs.
type Log = Arc<Mutex<String>>;
