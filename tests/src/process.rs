//! Child processes, watched: a child that says nothing for too long is killed.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How a child ended.
#[derive(Debug)]
pub enum Death {
    /// By itself.
    Ended(ExitStatus),
    /// It was killed because it was silent.
    Silent,
}

/// Runs a command and hands over each line of its standard output. What it wrote to standard error comes back.
///
/// # Errors
/// If it cannot be started.
pub fn watch(
    command: &mut Command,
    patience: Duration,
    mut line: impl FnMut(&str),
) -> io::Result<(Death, String)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("no pipe"));
    };
    let (sender, receiver) = channel();
    let lines = thread::spawn(move || {
        for text in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(text).is_err() {
                break;
            }
        }
    });
    let errors = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = BufReader::new(stderr).read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut silent = false;
    loop {
        match receiver.recv_timeout(patience) {
            Ok(text) => line(&text),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                silent = true;
                kill(&mut child);
                break;
            }
        }
    }
    let status = child.wait()?;
    drop(receiver);
    let _ = lines.join();
    let errors = errors.join().unwrap_or_default();
    Ok((if silent { Death::Silent } else { Death::Ended(status) }, errors))
}

/// Runs a command to its end: status, standard output and error; `None` if it takes too long.
///
/// # Errors
/// If it cannot be started.
pub fn finish(
    command: &mut Command,
    patience: Duration,
) -> io::Result<Option<(ExitStatus, Vec<u8>, String)>> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (Some(mut stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("no pipe"));
    };
    let out = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stdout.read_to_end(&mut bytes);
        bytes
    });
    let errors = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if start.elapsed() > patience {
            kill(&mut child);
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let (out, errors) = (out.join().unwrap_or_default(), errors.join().unwrap_or_default());
    Ok(status.map(|s| (s, out, errors)))
}

fn kill(child: &mut Child) {
    // It may have ended just now.
    let _ = child.kill();
}
