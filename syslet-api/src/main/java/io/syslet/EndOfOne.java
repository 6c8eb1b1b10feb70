package io.syslet;

/** Waits for the end of one call, and lets others end meanwhile. For the task of its calls. */
final class EndOfOne {
  private static final Call.Listener<EndOfOne> ENDED = (to, call, status) -> to.ended(call, status);

  private final Calls calls;
  private long awaited;
  private long ended;
  private long status;

  EndOfOne(Calls calls) {
    this.calls = calls;
  }

  /** The status of the call that was begun last. */
  long await(Call call) {
    long mine = ++awaited;
    call.then(ENDED, this, mine);
    while (ended != mine) {
      boolean has = calls.await();
      assert has;
    }
    return status;
  }

  /** One that was awaited before, and given up by a wait that threw, is nobody's. */
  private void ended(Call call, long itsStatus) {
    if (call.data() == awaited) {
      ended = awaited;
      status = itsStatus;
    }
  }
}
