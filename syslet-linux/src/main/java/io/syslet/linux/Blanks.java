package io.syslet.linux;

import io.syslet.kernel.Submission;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Submissions that nobody uses, for tasks whose own one went with a call. Any thread; no lock. */
final class Blanks {
  private static final int KEPT = 64;

  private final AtomicReferenceArray<Submission> kept = new AtomicReferenceArray<>(KEPT);

  /** One that was used before, or a new one. */
  Submission take() {
    for (int i = 0; i < KEPT; i++) {
      Submission blank = kept.getPlain(i) == null ? null : kept.getAndSet(i, null);
      if (blank != null) {
        return blank;
      }
    }
    return new Submission();
  }

  /** Keeps one for later, if there is room. */
  void give(Submission used) {
    for (int i = 0; i < KEPT; i++) {
      if (kept.getPlain(i) == null && kept.compareAndSet(i, null, used)) {
        return;
      }
    }
  }
}
