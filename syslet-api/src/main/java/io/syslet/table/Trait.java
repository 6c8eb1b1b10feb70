package io.syslet.table;

/** What is special about a call, as bits of {@link CallTable#traits}. */
public final class Trait {
  /**
   * The entry must look at the call before it makes it: set with any of {@link #REFUSED}, {@link
   * #ANSWERED} and {@link #CONDITIONAL}. Without it the call may be made at once.
   */
  public static final byte LOOK = 1;

  /**
   * The call would change, end or record the thread under the program, which is not the program's:
   * the entry answers −EINVAL.
   */
  public static final byte REFUSED = 1 << 1;

  /** The entry answers the call itself: {@code gettid}, with the task's id. */
  public static final byte ANSWERED = 1 << 2;

  /** {@link CallTable#refuses} decides by the arguments whether the call is refused. */
  public static final byte CONDITIONAL = 1 << 3;

  /**
   * The call sleeps on no file system and no lock, so nothing is gained by preparing for it. (It
   * may still fault on the memory that it writes, and {@code clock_gettime} of a clock that is a
   * descriptor asks a device.)
   */
  public static final byte NEVER_SLEEPS = 1 << 4;

  /**
   * The call changes something that others can see, or that outlives the process: a journal records
   * it before it starts. {@link CallTable#hasEffects} looks at the arguments as well.
   */
  public static final byte EFFECTS = 1 << 5;

  /** The call returns a new descriptor, or writes some. */
  public static final byte MAKES_DESCRIPTOR = 1 << 6;

  private Trait() {}
}
