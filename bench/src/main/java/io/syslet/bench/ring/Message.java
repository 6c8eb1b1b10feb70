package io.syslet.bench.ring;

/** 16 bytes of payload, for queues of references. */
final class Message {
  long status;
  long callerData;

  long sum() {
    return status + callerData;
  }
}
