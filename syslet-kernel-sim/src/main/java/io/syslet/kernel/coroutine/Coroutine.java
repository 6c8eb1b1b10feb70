package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Sequential code that can give up control at any depth of its calls, and be entered again where it
 * left off.
 *
 * <pre>
 *   Coroutine reader = Coroutine.create("reader", argument -&gt; {
 *     start(argument);
 *     Coroutine.yield();          // back to whoever entered last
 *     finish();
 *   });
 *   reader.enter(disk);           // runs start
 *   reader.enter();               // runs finish; reader has finished
 * </pre>
 *
 * <p>The one who enters waits until the coroutine yields or has finished; a coroutine may enter
 * another. Any thread may enter a suspended coroutine, one at a time, if what the last enterer
 * wrote is visible to it. What the coroutine throws is thrown at who entered it last. Every misuse
 * throws an {@link IllegalStateException} that names the coroutines.
 *
 * <pre>
 *               enter            yield
 *   created --------&gt; entered ---------&gt; suspended
 *      |               |  ^                  |  |
 *      | close         |  +------ enter -----+  | close: the yield throws, the stack unwinds
 *      +-----------&gt; finished &lt;-----------------+
 * </pre>
 *
 * The object is a handle: it is not used for another coroutine after this one has finished.
 *
 * <p>Source: QEMU's {@code include/qemu/coroutine.h}.
 */
public final class Coroutine extends CoroutineState implements AutoCloseable {
  private final StackSwitch stackSwitch;
  private final @Nullable String name;
  private @Nullable CoroutineEntry entry;

  /** The argument of the first entry until it is taken; later what the entry has thrown. */
  private @Nullable Object parcel;

  private @Nullable Stack stack;
  private @Nullable Context home;

  /** The one behind it in the {@link CoList} where it waits; null if it waits in none. */
  @Nullable Coroutine next;

  private short locks;
  private boolean closing;

  /** While it waits in a {@link CoRwLock}: it wants to read. */
  boolean wantsToRead;

  private Coroutine(StackSwitch stackSwitch, @Nullable String name, CoroutineEntry entry) {
    this.stackSwitch = stackSwitch;
    this.name = name;
    this.entry = entry;
  }

  /** Makes a coroutine without a name, on the JVM's continuations. Does not run it. */
  public static Coroutine create(CoroutineEntry entry) {
    return new Coroutine(StackSwitch.continuations(), null, entry);
  }

  /** Makes a coroutine on the JVM's continuations. Does not run it. */
  public static Coroutine create(String name, CoroutineEntry entry) {
    return create(StackSwitch.continuations(), name, entry);
  }

  /** Makes a coroutine. Does not run it. */
  public static Coroutine create(StackSwitch stackSwitch, String name, CoroutineEntry entry) {
    return new Coroutine(stackSwitch, name, entry);
  }

  /** One on the same switch. */
  Coroutine sibling(String itsName, CoroutineEntry itsEntry) {
    return create(stackSwitch, itsName, itsEntry);
  }

  /** The coroutine that runs, or null outside of all. */
  public static @Nullable Coroutine self() {
    Coroutine self = StackSwitch.HAS_CONTINUATIONS ? ContinuationSwitch.self() : null;
    return self == null ? ThreadSwitch.self() : self;
  }

  /** Whether the caller runs in a coroutine. */
  public static boolean inCoroutine() {
    return self() != null;
  }

  /** As {@link #enter(Object)}, with null. */
  public void enter() {
    enter(null);
  }

  /**
   * Runs the coroutine until it yields or has finished.
   *
   * @param argument for the entry, if this is the first time; else ignored.
   * @throws IllegalStateException if it is entered already (also by itself) or has finished, or if
   *     this thread holds a monitor, which the switch would lose.
   */
  public void enter(@Nullable Object argument) {
    int before = state();
    if (before > SUSPENDED || next != null || !change(before, ENTERED)) {
      throw new IllegalStateException(Misuse.enter(this, self()));
    }
    if (before == CREATED) {
      parcel = argument;
      home = home == null ? Context.current() : home;
    }
    resume(before);
  }

  private void resume(int before) {
    int after = before;
    try {
      stack().resume();
      after = entry == null ? FINISHED : SUSPENDED;
    } finally {
      leave(after);
    }
    if (after == FINISHED) {
      retire();
    }
  }

  private Stack stack() {
    Stack mine = stack;
    if (mine == null) {
      mine = stackSwitch.stackFor(this);
      stack = mine;
    }
    return mine;
  }

  /** What runs on the stack: the entry, to its end. */
  void body() {
    Object argument = parcel;
    parcel = null;
    try {
      CoroutineEntry mine = entry;
      if (mine != null) {
        mine.run(argument);
      }
      if (locks != 0) {
        throw new IllegalStateException(title() + " has finished with " + locks + " locks held");
      }
    } catch (CoroutineClosed closed) {
      // Unwound, as close() wanted.
    } catch (Throwable thrown) {
      Backtrace.name(thrown, this);
      parcel = thrown;
    } finally {
      entry = null;
    }
  }

  private void retire() {
    Stack mine = stack;
    Object thrown = parcel;
    stack = null;
    parcel = null;
    if (mine != null) {
      mine.release();
    }
    if (thrown instanceof Throwable failure) {
      throw Coroutine.<RuntimeException>unchecked(failure);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /**
   * Returns to who entered this coroutine last, and goes on when it is entered again.
   *
   * @throws IllegalStateException outside of all coroutines; or if the stack cannot be left now,
   *     because of a native frame or a class initialiser on it, or a monitor that is held. The
   *     coroutine then runs on.
   */
  @SuppressWarnings("NamedLikeContextualKeyword") // as QEMU and Thread call it
  public static void yield() {
    running("yields").suspend();
  }

  /** The coroutine that runs, for what only a coroutine can do. */
  static Coroutine running(String does) {
    Coroutine self = self();
    if (self == null) {
      throw new IllegalStateException(Misuse.outside(does));
    }
    return self;
  }

  void suspend() {
    Stack mine = stack;
    if (mine != null && !closing) {
      mine.suspend();
    }
    if (closing) {
      throw new CoroutineClosed(this);
    }
  }

  /** Notes that a context will enter it, which must be known only once at a time. */
  void markScheduled() {
    if (!schedule()) {
      throw new IllegalStateException(Misuse.scheduledTwice(this, self()));
    }
  }

  /** Enters it, as scheduled. */
  void enterScheduled(Context context) {
    home = context;
    unschedule();
    enter(null);
  }

  /** The context that enters it when it is woken: that of its first entry, or its last move. */
  public @Nullable Context home() {
    return home;
  }

  /** The same, for one that is about to wait. */
  Context homeToWaitIn() {
    Context mine = home == null ? Context.ofThread() : home;
    if (mine == null) {
      throw new IllegalStateException(Misuse.noContext(this));
    }
    home = mine;
    return mine;
  }

  /** One lock more, or one less, of those that it must not finish with. */
  void countLocks(int change) {
    locks += (short) change;
  }

  /** The name it was given, or one made of its entry's class. */
  public String name() {
    return name != null ? name : "unnamed-" + Integer.toHexString(System.identityHashCode(this));
  }

  /**
   * Ends the coroutine where it is. If it is suspended, its yield throws an {@link Error}, so that
   * its finally blocks run. If it has finished, nothing happens.
   *
   * @throws IllegalStateException if it is entered.
   */
  @Override
  public void close() {
    if (change(CREATED, FINISHED)) {
      entry = null;
    } else if (change(SUSPENDED, ENTERED)) {
      unwind();
    } else if (!isFinished()) {
      throw new IllegalStateException(Misuse.enter(this, self()));
    }
  }

  private void unwind() {
    closing = true;
    try {
      resume(SUSPENDED);
    } finally {
      closing = false;
    }
  }

  /**
   * The frames of the coroutine, innermost first: empty before the first entry and when it has
   * finished. For one that is suspended, or for the caller's own.
   */
  public StackTraceElement[] backtrace() {
    Stack mine = stack;
    return mine == null ? new StackTraceElement[0] : Backtrace.of(this, mine);
  }

  String title() {
    return "coroutine '" + name() + "'";
  }

  /** Such as {@code coroutine 'reader' (suspended)}. */
  @Override
  public String toString() {
    return title() + " (" + stateName() + ")";
  }
}
