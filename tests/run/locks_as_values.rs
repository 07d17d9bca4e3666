// Mutex, RwLock, OnceLock, LazyLock and atomics as values of a program with one thread, and a LazyLock and OnceLocks as
// statics.
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

static NAME: OnceLock<String> = OnceLock::new();

fn squares() -> &'static [u32] {
    static SQUARES: OnceLock<Vec<u32>> = OnceLock::new();
    SQUARES.get_or_init(|| {
        println!("squaring");
        (0..5).map(|n| n * n).collect()
    })
}

static WORDS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    println!("counting words");
    "to be or not to be".split(' ').fold(BTreeMap::new(), |mut words, word| {
        *words.entry(word).or_default() += 1;
        words
    })
});
static SQUARES: LazyLock<Vec<u64>> = LazyLock::new(|| (0..20).map(|n| n * n).collect());

#[derive(Debug, Default)]
struct Account {
    balance: i64,
    history: Vec<i64>,
}

#[derive(Clone)]
struct Bank {
    accounts: Arc<RwLock<BTreeMap<String, Arc<Mutex<Account>>>>>,
    transfers: Arc<AtomicUsize>,
    audit: Arc<OnceLock<String>>,
}

impl Bank {
    fn new() -> Self {
        Bank { accounts: Default::default(), transfers: Arc::new(AtomicUsize::new(0)), audit: Arc::default() }
    }

    fn account(&self, name: &str) -> Arc<Mutex<Account>> {
        if let Some(account) = self.accounts.read().unwrap().get(name) {
            return Arc::clone(account);
        }
        let mut accounts = self.accounts.write().unwrap();
        accounts.entry(name.to_string()).or_default().clone()
    }

    fn transfer(&self, from: &str, to: &str, amount: i64) -> Result<i64, String> {
        let (from, to) = (self.account(from), self.account(to));
        let mut source: MutexGuard<'_, Account> = from.lock().unwrap_or_else(PoisonError::into_inner);
        if source.balance < amount {
            return Err(format!("only {}", source.balance));
        }
        source.balance -= amount;
        source.history.push(-amount);
        let left = source.balance;
        drop(source);
        let mut target = to.lock().unwrap();
        target.balance += amount;
        target.history.push(amount);
        self.transfers.fetch_add(1, Ordering::SeqCst);
        Ok(left)
    }
}

struct Handle(Arc<AtomicI64>);

impl Handle {
    fn new(live: &Arc<AtomicI64>) -> Self {
        live.fetch_add(1, Ordering::Relaxed);
        Handle(live.clone())
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn main() {
    println!("{:?}", LazyLock::get(&SQUARES).is_some());
    println!("{} {}", WORDS["to"], WORDS.len());
    println!("{:?} {}", WORDS.iter().max_by_key(|(word, n)| (**n, word.len())), SQUARES[7]);

    let bank = Bank::new();
    bank.account("ann").lock().unwrap().balance = 100;
    let same = bank.clone();
    println!("{:?}", same.transfer("ann", "bob", 30));
    println!("{:?}", bank.transfer("bob", "ann", 31));
    println!("{:?}", bank.transfer("bob", "cid", 5));
    for (name, account) in bank.accounts.read().unwrap().iter() {
        println!("{name}: {:?}", account.lock().unwrap());
    }
    println!("{} {}", bank.transfers.load(Ordering::SeqCst), Arc::strong_count(&bank.transfers));
    println!("{} {:?}", bank.audit.get_or_init(|| "first".to_string()), bank.audit.set("second".into()));

    let mutex = Mutex::new(vec![1, 2]);
    {
        let held = mutex.lock().unwrap();
        println!("{} {:?} {mutex:?}", mutex.try_lock().is_err(), held);
    }
    println!("{mutex:?} {:?}", mutex.try_lock().map(|v| v.len()).ok());
    println!("{:?}", mutex.into_inner());

    let live = Arc::new(AtomicI64::new(0));
    let handles: Vec<Handle> = (0..4).map(|_| Handle::new(&live)).collect();
    println!("{live:?} {}", handles.len());
    drop(handles);
    println!("{:?}", live.compare_exchange(0, 9, Ordering::AcqRel, Ordering::Relaxed));
    println!(
        "{:?} {}",
        live.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| (n > 5).then_some(n * 2)),
        live.swap(1, Ordering::SeqCst)
    );
    let flag = AtomicBool::new(true);
    println!("{} {}", flag.fetch_and(false, Ordering::SeqCst), flag.into_inner());
    println!("{:?} {:?} {:?}", NAME.get(), NAME.set("first".into()), NAME.set("second".into()));
    println!("{} {:?} {}", squares().len(), NAME.get(), squares()[3]);
    let lazy = LazyLock::new(|| 6 * 7);
    println!("{lazy:?} {} {lazy:?}", *lazy);
}
