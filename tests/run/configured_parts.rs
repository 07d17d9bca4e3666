// cfg_select; cfg on elements, arguments, arms, fields and assignments; explicit discriminants typed by repr; consts that depend on them.
cfg_select! {
    windows => {
        fn system() -> &'static str {
            "windows"
        }
    }
    all(unix, not(test)) => {
        fn system() -> &'static str {
            "unix"
        }
        const SYSTEMS: usize = 1;
    }
    _ => {}
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Level {
    Trace = 1,
    Info = Level::Trace as u8 * 10,
    #[cfg(test)]
    Hidden,
    Warn,
    Error = HIGHEST,
}

const HIGHEST: u8 = 200;

#[derive(Debug, Clone, Copy)]
#[repr(i16)]
enum Offset {
    Before = -(STEP as i16),
    Here = 0,
    After = 1 << 8,
}

const STEP: u16 = 300;

impl Level {
    const ALL: &[Level] = &[
        Level::Trace,
        Level::Info,
        #[cfg(test)]
        Level::Hidden,
        Level::Warn,
        Level::Error,
    ];

    fn from_number(n: u8) -> Option<Level> {
        Self::ALL.iter().copied().find(|level| *level as u8 == n)
    }
}

struct Settings {
    width: usize,
    #[cfg(not(test))]
    title: &'static str,
    #[cfg(test)]
    title: Vec<u8>,
}

fn sum(values: &[i32], #[cfg(test)] scale: i32, extra: i32) -> i32 {
    values.iter().sum::<i32>() + extra
}

fn kind(n: i32) -> &'static str {
    match n {
        #[cfg(test)]
        0 => "tested",
        #[cfg(not(test))]
        0 => "zero",
        1..=9 => "digit",
        _ if cfg!(test) => "unknown",
        _ => "many",
    }
}

fn main() {
    for level in Level::ALL {
        println!("{level:?} = {}", *level as u8);
    }
    println!("{:?} {:?}", Level::from_number(11), Level::from_number(12));
    println!("{:?}", [Offset::Before, Offset::Here, Offset::After].map(|o| (o as i16, o as u8)));
    println!("{}", Level::Info < Level::Warn);

    let list = vec![
        1,
        #[cfg(test)]
        2,
        3,
    ];
    let mut total = sum(
        &list,
        #[cfg(test)]
        10,
        100,
    );
    #[cfg(test)]
    {
        total = -1;
    }
    #[cfg(not(test))]
    let note = "kept";
    #[cfg(test)]
    let note = "dropped";
    if cfg!(all(not(test), any(unix, windows))) {
        total += 1;
    }
    println!("{list:?} {total} {note} {} {}", kind(0), kind(10));

    let settings = Settings {
        width: 8,
        #[cfg(not(test))]
        title: "settings",
        #[cfg(test)]
        title: Vec::new(),
    };
    let Settings { width, title } = settings;
    println!("[{title:^0$}]", width * 2);

    let word = cfg_select! { target_pointer_width = "32" => 32, any(unix, windows) => 60 + 4, _ => "unknown" };
    println!("{} {SYSTEMS} {word}", system());
    cfg_select! {
        debug_assertions => {
            let checked = "checked";
            println!("{checked}");
        }
        _ => println!("unchecked"),
    }
}
