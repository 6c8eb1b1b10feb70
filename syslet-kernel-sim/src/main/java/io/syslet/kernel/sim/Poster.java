package io.syslet.kernel.sim;

import io.syslet.kernel.Submission;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;

/**
 * Posts the completion of a call that was handed over, and here is where the planted bugs of it
 * are.
 */
final class Poster {
  private final VirtualMachine machine;

  Poster(VirtualMachine machine) {
    this.machine = machine;
  }

  void post(Submission submission, long callerData, long status) {
    CompletionRing ring = CompletionRing.at(submission.ringAddress());
    if (ring != null && machine.hasPlant(Plant.HEAD_BEFORE_PAYLOAD)) {
      headBeforePayload(submission, ring, callerData, status);
      return;
    }
    submission.complete(callerData, status);
    if (ring != null) {
      afterwards(ring, callerData, status);
    }
  }

  private void afterwards(CompletionRing ring, long callerData, long status) {
    if (machine.plants(Plant.LEAKED_RESERVATION)) {
      ring.producer().reserve();
    }
    if (machine.plants(Plant.COMPLETED_TWICE)) {
      int entry = ring.producer().reserve();
      if (entry >= 0) {
        ring.producer().complete(entry, status, callerData);
      }
    }
  }

  /** Leaves what is in the slot, moves the head over it, and writes it when others have run. */
  private void headBeforePayload(
      Submission submission, CompletionRing ring, long callerData, long status) {
    int position = ring.head();
    long old = ring.statusAt(position);
    long oldData = ring.callerDataAt(position);
    submission.complete(oldData, old);
    machine.yieldProcessor();
    long slot =
        ring.address()
            + CompletionRing.HEADER_LENGTH
            + (long) (position & (ring.elements() - 1)) * CompletionRing.COMPLETION_LENGTH;
    Memory.putLong(slot, status);
    Memory.putLong(slot + 8, callerData);
  }
}
